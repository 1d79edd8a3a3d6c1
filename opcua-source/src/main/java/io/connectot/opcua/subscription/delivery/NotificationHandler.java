// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.subscription.item.MonitoredItemFactory;
import io.connectot.opcua.subscription.node.EventMonitor;
import io.connectot.opcua.subscription.node.InFlightNotification;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts notification messages (OPC UA Part 4 §7.25) to events, in order, without those that
 * Kafka has already. For the thread that handles publish responses.
 */
public final class NotificationHandler {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationHandler.class);

  /** Removing from it is allowed and does nothing. */
  private static final Set<UInteger> NONE = Collections.emptySet();

  private final ValueHandler values;
  private final MonitoredItemFactory factory;
  private final List<EventMonitor> events;
  private final Consumer<SubscriptionKey> ended;
  private final EventBatch batch;
  private final LongSupplier epochNanos;
  private final EncodingContext encoding;

  /**
   * @param ended called with each subscription that a message ends
   */
  public NotificationHandler(
      UaSession session,
      ValueHandler values,
      MonitoredItemFactory factory,
      List<EventMonitor> events,
      Consumer<SubscriptionKey> ended,
      LongSupplier epochNanos) {
    this.values = values;
    this.factory = factory;
    this.events = List.copyOf(events);
    this.ended = ended;
    this.batch = values.batch();
    this.epochNanos = epochNanos;
    this.encoding = session.services().getStaticEncodingContext();
  }

  /**
   * Handles a message, waiting while the buffer is full. A good status change of a subscription
   * from an earlier session was meant for that session (OPC UA Part 4 §5.14.7); it has no effect.
   *
   * @throws ProtocolException when it ends the subscription
   * @throws InterruptedException when the connection or the task is over
   */
  public void handle(UaSubscription subscription, NotificationMessage message)
      throws ProtocolException, InterruptedException {
    long sequence = message.getSequenceNumber().longValue();
    long received = epochNanos.getAsLong();
    InFlightNotification inFlight = null;
    int item = 0;
    for (ExtensionObject data : message.getNotificationData()) {
      UaStructuredType decoded = decode(subscription, sequence, data);
      if (decoded instanceof StatusChangeNotification change && ends(subscription, change)) {
        batch.flush();
        ended.accept(subscription.key());
        throw over(subscription, change);
      }
      if (inFlight == null) {
        inFlight = subscription.received(sequence);
        batch.begin(inFlight);
      }
      if (!(decoded instanceof StatusChangeNotification)) {
        subscription.isKept(sequence);
      }
      if (decoded instanceof DataChangeNotification change && change.getMonitoredItems() != null) {
        Set<UInteger> overflowed = overflowed(subscription, change.getMonitoredItems());
        for (MonitoredItemNotification notification : change.getMonitoredItems()) {
          item++;
          NodeState state = subscription.items().get(notification.getClientHandle());
          if (state != null) {
            values.value(
                state,
                notification.getValue(),
                new NotificationPosition(subscription.key(), sequence, item),
                received,
                inFlight,
                overflowed.remove(notification.getClientHandle())
                    || (isOverflow(notification) && !factory.discardsOldest(state.node())));
          }
        }
      } else if (decoded instanceof EventNotificationList list && list.getEvents() != null) {
        for (EventFieldList event : list.getEvents()) {
          item++;
          event(event, new NotificationPosition(subscription.key(), sequence, item), received);
        }
      }
    }
    if (inFlight != null) {
      batch.end();
    }
    batch.flush();
  }

  /** A part of a message; null if it cannot be decoded, and then values may be missing. */
  private UaStructuredType decode(
      UaSubscription subscription, long sequence, ExtensionObject data) {
    try {
      return data.decode(encoding);
    } catch (RuntimeException e) {
      // A truncated body fails with whatever the decoder meets first.
      LOG.warn(
          "Message {} of subscription {} cannot be decoded ({}); its values are missing",
          sequence,
          subscription.key().id(),
          e.toString());
      String cause = "message " + sequence + " of the subscription could not be decoded";
      lost(subscription, cause);
      return null;
    }
  }

  /** Values and events of a subscription may be missing before the next ones. */
  public void lost(UaSubscription subscription, String cause) {
    subscription.items().values().forEach(state -> state.expectLoss(cause));
    events.forEach(monitor -> monitor.lost(subscription.key()));
  }

  /** Whether a status change ends a subscription: it is bad, or another session has it now. */
  private static boolean ends(UaSubscription subscription, StatusChangeNotification change) {
    return change.getStatus().isBad()
        || (!subscription.isTransferred()
            && ServiceStatus.code(change.getStatus()) == StatusCodes.Good_SubscriptionTransferred);
  }

  /** Repeats the values whose heartbeat is due. */
  public void repeatDue() throws InterruptedException {
    values.repeatDue(epochNanos.getAsLong());
  }

  /** Events of items that were left in other subscriptions are dropped. */
  private void event(EventFieldList event, NotificationPosition position, long received)
      throws InterruptedException {
    for (EventMonitor monitor : events) {
      if (monitor.has(position.subscription(), event.getClientHandle())) {
        monitor.event(event, position, received, this::add);
        return;
      }
    }
  }

  private void add(SourceEvent event, Runnable delivered) throws InterruptedException {
    batch.then(delivered);
    batch.add(event);
  }

  /**
   * The items of which the oldest value that is there is preceded by missing ones. Servers are to
   * mark that value (OPC UA Part 4 §5.13.1.5), but some mark the newest: so a mark on any value of
   * an item in a message is taken for one on the first.
   */
  private Set<UInteger> overflowed(
      UaSubscription subscription, MonitoredItemNotification[] notifications) {
    Set<UInteger> overflowed = null;
    for (MonitoredItemNotification notification : notifications) {
      if (isOverflow(notification)) {
        NodeState state = subscription.items().get(notification.getClientHandle());
        if (state != null && factory.discardsOldest(state.node())) {
          overflowed = overflowed == null ? new HashSet<>() : overflowed;
          overflowed.add(notification.getClientHandle());
        }
      }
    }
    return overflowed == null ? NONE : overflowed;
  }

  private static boolean isOverflow(MonitoredItemNotification notification) {
    StatusCode status = notification.getValue().statusCode();
    return status != null && status.value() != 0 && status.isOverflowSet();
  }

  private ProtocolException over(UaSubscription subscription, StatusChangeNotification change) {
    return new ProtocolException(
        Kind.TRANSIENT,
        Scope.CONNECTION,
        ServiceStatus.text(change.getStatus()),
        "the server ends subscription "
            + subscription.key().id()
            + ": "
            + ServiceStatus.text(change.getStatus())
            + "; the connector creates a new one. If this repeats, another client with the same"
            + " user transfers it, or opcua.lifetime.ms is too short",
        null);
  }
}
