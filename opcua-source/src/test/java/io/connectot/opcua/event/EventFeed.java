// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.model.SourceEvent;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.value.TypesSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;

/** A subscription in which items are monitored, and what comes of its events. */
final class EventFeed implements AutoCloseable {
  private final TypesSession session;
  private final UInteger subscription;
  private final List<SourceEvent> events = new CopyOnWriteArrayList<>();
  private volatile EventItems items;
  private volatile boolean closed;

  /** Rises over all messages. Owned by the thread that answers come on. */
  private int item;

  EventFeed(TypesSession session) throws Exception {
    this.session = session;
    this.subscription =
        session
            .await(
                session
                    .services()
                    .createSubscriptionAsync(50.0, uint(10_000), uint(10), uint(0), true, ubyte(0)))
            .getSubscriptionId();
  }

  SubscriptionKey key() {
    return new SubscriptionKey(subscription.longValue(), 1, "0/1");
  }

  /** Begins to publish. */
  void monitor(EventItems monitored) throws Exception {
    items = monitored;
    monitored.monitor(key(), java.util.Set.of());
    publish(List.of());
  }

  List<SourceEvent> events() {
    return events;
  }

  private void take(EventFieldList event, long sequence) {
    try {
      item++;
      items.event(
          event,
          new NotificationPosition(key(), sequence, item),
          1_000,
          (told, delivered) -> {
            events.add(told);
            delivered.run();
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(List<SubscriptionAcknowledgement> acknowledgements) {
    if (!closed) {
      var unused =
          session
              .services()
              .publishAsync(acknowledgements)
              .thenAccept(this::published)
              .exceptionally(over -> null);
    }
  }

  private void published(PublishResponse response) {
    ExtensionObject[] data = response.getNotificationMessage().getNotificationData();
    for (ExtensionObject object : data == null ? new ExtensionObject[0] : data) {
      if (object.decode(session.services().getStaticEncodingContext())
          instanceof EventNotificationList list) {
        for (EventFieldList event : list.getEvents()) {
          take(event, response.getNotificationMessage().getSequenceNumber().longValue());
        }
      }
    }
    publish(
        List.of(
            new SubscriptionAcknowledgement(
                subscription, response.getNotificationMessage().getSequenceNumber())));
  }

  @Override
  public void close() {
    closed = true;
    var unused = session.services().deleteSubscriptionsAsync(List.of(subscription));
  }
}
