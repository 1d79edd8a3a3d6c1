// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.Gap;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.event.EventItemReader.Outcome;
import io.connectot.opcua.resume.EventPosition;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.settings.OpcUaEventConfig;
import io.connectot.opcua.subscription.node.EventMonitor;
import io.connectot.opcua.value.StatusInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
public final class EventItems implements EventMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(EventItems.class);
  private static final String GONE =
      "the server no longer had the subscription of events, or some of them, or the selection of"
          + " events changed";

  private final UaSession session;
  private final Map<EventItem, EventProgress> items;
  private final Function<EventFields, ? extends EventItemReader> readers;
  private final boolean refresh;
  private final boolean needed;
  private final Map<UInteger, Monitored> byHandle = new ConcurrentHashMap<>();

  /** Why not all events are monitored, for an operator. Owned by the starting thread. */
  private final Set<String> troubles = new LinkedHashSet<>();

  /** Where the items are; null before {@link #monitor}. */
  private volatile SubscriptionKey subscription;

  /** An item that is monitored: what reads its events, and up to where they are delivered. */
  private record Monitored(EventItemReader reader, EventProgress progress) {}

  /**
   * @param items in order, each with what is known of it from earlier sessions
   * @param readers make what reads the events of an item, by its fields
   * @param refresh whether a condition refresh is requested
   * @param needed whether an item that the server rejects is reported
   */
  EventItems(
      UaSession session,
      Map<EventItem, EventProgress> items,
      Function<EventFields, ? extends EventItemReader> readers,
      boolean refresh,
      boolean needed) {
    this.session = session;
    this.items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
    this.readers = readers;
    this.refresh = refresh;
    this.needed = needed;
  }

  static EventItems none(UaSession session) {
    return new EventItems(session, Map.of(), fields -> null, false, false);
  }

  /** Adds the reason why not all events are monitored. */
  EventItems with(Optional<String> trouble) {
    trouble.ifPresent(troubles::add);
    return this;
  }

  @Override
  public Optional<String> trouble() {
    return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
  }

  @Override
  public boolean isEmpty() {
    return items.isEmpty();
  }

  @Override
  public Set<SubscriptionKey> left() {
    Set<SubscriptionKey> left = new LinkedHashSet<>();
    items.values().forEach(progress -> progress.subscription().ifPresent(left::add));
    return left;
  }

  @Override
  public Set<UInteger> known(SubscriptionKey in) {
    Set<UInteger> known = new LinkedHashSet<>();
    items.values().forEach(progress -> progress.handleIn(in).ifPresent(known::add));
    return known;
  }

  @Override
  public boolean wants(UInteger clientHandle) {
    return items.keySet().stream().anyMatch(item -> as(item, Set.of(clientHandle)).isPresent());
  }

  @Override
  public boolean has(SubscriptionKey in, UInteger clientHandle) {
    return in.equals(subscription) && byHandle.containsKey(clientHandle);
  }

  /** The next event says what is missing, and the present state of alarms is asked for again. */
  @Override
  public void lost(SubscriptionKey in) {
    if (in.equals(subscription) && !byHandle.isEmpty()) {
      byHandle.values().forEach(monitored -> monitored.progress().missed());
      refresh();
    }
  }

  /** The client handles of what is monitored. */
  Set<UInteger> handles() {
    return Set.copyOf(byHandle.keySet());
  }

  /**
   * Monitors, and asks for the present state of alarms.
   *
   * <p>If the server rejects the filter, the connector filters the events itself.
   */
  @Override
  public void monitor(SubscriptionKey in, Set<UInteger> present)
      throws ProtocolException, InterruptedException {
    subscription = in;
    byHandle.clear();
    for (Map.Entry<EventItem, EventProgress> entry : items.entrySet()) {
      EventProgress progress = entry.getValue();
      Optional<EventItem> there = as(entry.getKey(), present);
      if (there.isPresent()) {
        add(there.get(), progress);
      } else {
        progress.lost();
        create(entry.getKey(), progress);
      }
    }
    if (!byHandle.isEmpty()) {
      refresh();
    }
  }

  /** An item as it is among others, when it is there. */
  private static Optional<EventItem> as(EventItem item, Set<UInteger> present) {
    Optional<EventItem> at = Optional.of(item);
    while (at.isPresent() && !present.contains(at.get().handle())) {
      at = at.get().simpler();
    }
    return at;
  }

  private void add(EventItem item, EventProgress progress) {
    byHandle.put(item.handle(), new Monitored(readers.apply(item.fields()), progress));
    progress.placed(subscription, item.handle());
  }

  private void create(EventItem wanted, EventProgress progress)
      throws ProtocolException, InterruptedException {
    UInteger id = UInteger.valueOf(subscription.id());
    Optional<EventItem> next = Optional.of(wanted);
    while (next.isPresent()) {
      EventItem item = next.get();
      // Before the item is there, for its first event may come before the answer does.
      add(item, progress);
      MonitoredItemCreateResult result = send(id, item);
      StatusCode status = result.getStatusCode();
      if (!status.isBad() && !isFilterRefused(result)) {
        return;
      }
      byHandle.remove(item.handle());
      if (!status.isBad()) {
        session.await(
            session.services().deleteMonitoredItemsAsync(id, List.of(result.getMonitoredItemId())));
      }
      next = status.isBad() && !isAboutFilter(status) ? Optional.empty() : item.simpler();
      if (!needed) {
        LOG.debug("{} rejects {}: {}", session.url(), item.name(), StatusInfo.text(status));
      } else if (next.isEmpty()) {
        String trouble =
            session.url()
                + " sends no events of "
                + item.name()
                + ": "
                + StatusInfo.text(status)
                + "; set an event notifier in "
                + OpcUaEventConfig.NOTIFIERS
                + ", or grant the user the right to subscribe to its events; checked "
                + "again on the next session";
        LOG.warn(trouble);
        troubles.add(trouble);
      } else {
        LOG.info(
            "{} does not support the filter for events of {}; the connector "
                + "filters them, with fields {}",
            session.url(),
            item.name(),
            next.get().fields());
      }
    }
  }

  private MonitoredItemCreateResult send(UInteger id, EventItem item)
      throws ProtocolException, InterruptedException {
    MonitoredItemCreateResult[] results =
        session
            .await(
                session
                    .services()
                    .createMonitoredItemsAsync(
                        id,
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

  /** A server may create an item although it rejects a part of the filter. */
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
      LOG.debug("Cannot decode the filter result of {}", session.url(), e);
    }
    return false;
  }

  @Override
  public void event(
      EventFieldList event, NotificationPosition position, long receivedNanos, Out out)
      throws InterruptedException {
    Monitored monitored = byHandle.get(event.getClientHandle());
    Variant[] fields = event.getEventFields();
    if (monitored == null || fields == null || monitored.progress().covers(position)) {
      return;
    }
    OptionalLong missing = monitored.progress().missing(receivedNanos);
    if (missing.isPresent()) {
      Optional<Gap> gap = monitored.reader().gap(missing.getAsLong(), receivedNanos, GONE);
      if (gap.isPresent()) {
        out.add(gap.get(), monitored.progress()::missingTold);
      }
    }
    Outcome outcome = monitored.reader().read(fields, receivedNanos);
    if (outcome.refreshRequired()) {
      refresh();
    }
    List<SourceEvent> events = outcome.events();
    for (int i = 0; i < events.size(); i++) {
      if (i == events.size() - 1) {
        EventPosition at =
            monitored.progress().take(position, event.getClientHandle(), receivedNanos);
        SourceEvent last = events.get(i) instanceof DeviceEvent told ? told.at(at) : events.get(i);
        out.add(last, () -> monitored.progress().confirm(at));
      } else {
        out.add(events.get(i), () -> {});
      }
    }
  }

  /** Asks for the present state of alarms (OPC UA Part 9 §5.5.7). Does not wait for it. */
  private void refresh() {
    if (!refresh) {
      return;
    }
    CallMethodRequest call =
        new CallMethodRequest(
            NodeIds.ConditionType,
            NodeIds.ConditionType_ConditionRefresh,
            new Variant[] {Variant.ofUInt32(UInteger.valueOf(subscription.id()))});
    var unused =
        session
            .services()
            .callAsync(List.of(call))
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    LOG.debug("Condition refresh at {} failed", session.url(), failure);
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
          "{} rejected the condition refresh: {}; if it does not support it, "
              + "set opcua.events.condition.refresh=false",
          session.url(),
          StatusInfo.text(status));
    }
  }
}
