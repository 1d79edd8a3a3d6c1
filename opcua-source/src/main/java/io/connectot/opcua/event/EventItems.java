// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.event.EventReader.Outcome;
import io.connectot.opcua.value.StatusInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElementResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilterResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event items of one session. {@link #monitor} and {@link #event} come from one thread each,
 * which may be two.
 */
public final class EventItems {
  private static final Logger LOG = LoggerFactory.getLogger(EventItems.class);

  private final UaSession session;
  private final List<EventItem> items;
  private final Function<EventFields, EventReader> readers;
  private final boolean refresh;
  private final Map<UInteger, EventReader> byHandle = new ConcurrentHashMap<>();

  /** Where the items are; null before {@link #monitor}. */
  private volatile UInteger subscription;

  EventItems(
      UaSession session,
      List<EventItem> items,
      Function<EventFields, EventReader> readers,
      boolean refresh) {
    this.session = session;
    this.items = List.copyOf(items);
    this.readers = readers;
    this.refresh = refresh;
  }

  static EventItems none(UaSession session) {
    return new EventItems(session, List.of(), fields -> null, false);
  }

  /** Whether there is nothing to monitor, and so no subscription needed. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** Whether a client handle is that of an item that {@link #monitor} has made or taken over. */
  public boolean has(UInteger clientHandle) {
    return byHandle.containsKey(clientHandle);
  }

  /** The client handles of what is monitored. */
  public Set<UInteger> handles() {
    return Set.copyOf(byHandle.keySet());
  }

  /**
   * Monitors in a subscription, new or taken over, and asks for the present state of alarms.
   *
   * <p>A server that refuses the filter is asked for less: events are filtered here then.
   *
   * @param present the client handles of the items that the subscription has already; of those that
   *     are no node's and not {@link #has} afterwards, none is of use any more
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  public void monitor(UInteger subscription, Set<UInteger> present)
      throws ProtocolException, InterruptedException {
    this.subscription = subscription;
    byHandle.clear();
    for (EventItem item : items) {
      if (!takeOver(item, present)) {
        create(subscription, item);
      }
    }
    if (!byHandle.isEmpty()) {
      refresh();
    }
  }

  private boolean takeOver(EventItem item, Set<UInteger> present) {
    for (Optional<EventItem> at = Optional.of(item); at.isPresent(); at = at.get().simpler()) {
      if (present.contains(at.get().handle())) {
        byHandle.put(at.get().handle(), readers.apply(at.get().fields()));
        return true;
      }
    }
    return false;
  }

  private void create(UInteger subscription, EventItem wanted)
      throws ProtocolException, InterruptedException {
    Optional<EventItem> next = Optional.of(wanted);
    while (next.isPresent()) {
      EventItem item = next.get();
      // Before the item is there, for its first event may come before the answer does.
      byHandle.put(item.handle(), readers.apply(item.fields()));
      MonitoredItemCreateResult result = send(subscription, item);
      StatusCode status = result.getStatusCode();
      if (!status.isBad() && !isFilterRefused(result)) {
        return;
      }
      byHandle.remove(item.handle());
      if (!status.isBad()) {
        session.await(
            session
                .services()
                .deleteMonitoredItemsAsync(subscription, List.of(result.getMonitoredItemId())));
      }
      next = status.isBad() && !isAboutFilter(status) ? Optional.empty() : item.simpler();
      if (next.isEmpty()) {
        LOG.warn(
            "{} tells no events of {}: {}", session.url(), item.name(), StatusInfo.text(status));
      } else {
        LOG.info(
            "{} does not filter the events of {} as asked; the connector does, with {}",
            session.url(),
            item.name(),
            next.get().fields());
      }
    }
  }

  private MonitoredItemCreateResult send(UInteger subscription, EventItem item)
      throws ProtocolException, InterruptedException {
    MonitoredItemCreateResult[] results =
        session
            .await(
                session
                    .services()
                    .createMonitoredItemsAsync(
                        subscription,
                        TimestampsToReturn.Both,
                        List.of(
                            item.request(
                                item.handle(), session.services().getStaticEncodingContext()))))
            .getResults();
    return results == null || results.length == 0
        ? new MonitoredItemCreateResult(
            new StatusCode(StatusCodes.Bad_UnexpectedError), null, null, null, null)
        : results[0];
  }

  private static boolean isAboutFilter(StatusCode status) {
    long code = status.value();
    return code == StatusCodes.Bad_EventFilterInvalid
        || code == StatusCodes.Bad_ContentFilterInvalid
        || code == StatusCodes.Bad_MonitoredItemFilterInvalid
        || code == StatusCodes.Bad_MonitoredItemFilterUnsupported
        || code == StatusCodes.Bad_FilterNotAllowed
        || code == StatusCodes.Bad_TypeDefinitionInvalid
        || code == StatusCodes.Bad_NodeIdUnknown;
  }

  /** A server may take an item although it does not understand which events are wanted. */
  private boolean isFilterRefused(MonitoredItemCreateResult result) {
    ExtensionObject filter = result.getFilterResult();
    if (filter == null || filter.isNull()) {
      return false;
    }
    try {
      if (filter.decode(session.services().getStaticEncodingContext())
              instanceof EventFilterResult answer
          && answer.getWhereClauseResult() != null
          && answer.getWhereClauseResult().getElementResults() != null) {
        for (ContentFilterElementResult element :
            answer.getWhereClauseResult().getElementResults()) {
          if (element.getStatusCode() != null && element.getStatusCode().isBad()) {
            return true;
          }
        }
      }
    } catch (RuntimeException e) {
      LOG.debug("Could not read what {} says of a filter", session.url(), e);
    }
    return false;
  }

  /**
   * Takes an event.
   *
   * @param receivedNanos when it came, epoch nanoseconds
   * @return what becomes of it, in order, possibly nothing
   */
  public List<SourceEvent> event(EventFieldList event, long receivedNanos) {
    EventReader reader = byHandle.get(event.getClientHandle());
    Variant[] fields = event.getEventFields();
    if (reader == null || fields == null) {
      return List.of();
    }
    Outcome outcome = reader.read(fields, receivedNanos);
    if (outcome.refreshRequired()) {
      refresh();
    }
    return outcome.events();
  }

  /** Asks for the present state of alarms (OPC UA Part 9 §5.5.7). Does not wait for it. */
  private void refresh() {
    UInteger id = subscription;
    if (!refresh || id == null) {
      return;
    }
    CallMethodRequest call =
        new CallMethodRequest(
            NodeIds.ConditionType,
            NodeIds.ConditionType_ConditionRefresh,
            new Variant[] {Variant.ofUInt32(id)});
    var unused =
        session
            .services()
            .callAsync(List.of(call))
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    LOG.debug("{} does not refresh alarms", session.url(), failure);
                  } else {
                    logRefresh(answer.getResults());
                  }
                });
  }

  private void logRefresh(CallMethodResult[] results) {
    if (results == null || results.length == 0) {
      return;
    }
    StatusCode status = results[0].getStatusCode();
    if (status.isBad() && status.value() != StatusCodes.Bad_RefreshInProgress) {
      LOG.info(
          "{} does not tell the present state of alarms: {}",
          session.url(),
          StatusInfo.text(status));
    }
  }
}
