// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.opcua.resume.SubscriptionKey;
import io.connectot.opcua.subscription.node.InFlightNotification;
import io.connectot.opcua.subscription.node.UaSubscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBatchTest {
  private static final SourceEvent EVENT =
      new DeviceStatus(
          new Device<>("plant", "opc.tcp://plant", "", Map.of()),
          DeviceState.ONLINE,
          Instant.EPOCH,
          null,
          "opc.tcp://plant");

  private final List<List<Message>> batches = new ArrayList<>();
  private final EventBatch batch =
      new EventBatch(
          new StreamSink() {
            @Override
            public void deliver(List<Message> messages) {
              batches.add(messages);
            }

            @Override
            public void connectionLost(ProtocolException cause) {
              throw new AssertionError(cause);
            }

            @Override
            public void finished() {
              throw new AssertionError("not a former part");
            }
          });

  private final UaSubscription subscription =
      new UaSubscription(new SubscriptionKey(7, 1, "0/1"), 1000, 1);

  @Test
  void deliversANotificationAtOnce() throws Exception {
    InFlightNotification notification = subscription.received(1);
    batch.begin(notification);
    batch.add(EVENT);
    batch.add(EVENT);
    batch.end();
    batch.flush();

    assertThat(batches).hasSize(1);
    assertThat(batches.get(0)).singleElement().returns(notification, Message::ack);
    assertThat(batches.get(0).get(0).events()).hasSize(2);
  }

  @Test
  void acknowledgesALargeNotificationAfterItsLastPortion() throws Exception {
    InFlightNotification notification = subscription.received(1);
    batch.begin(notification);
    for (int i = 0; i < 2500; i++) {
      batch.add(EVENT);
    }
    batch.end();
    batch.flush();

    assertThat(batches).hasSize(3);
    for (List<Message> portion : batches) {
      assertThat(notification.isDone()).isFalse();
      portion.forEach(message -> message.ack().delivered());
    }
    assertThat(notification.isDone()).isTrue();
  }

  @Test
  void deliversANotificationWithoutEventsInItsTurn() throws Exception {
    batch.begin(subscription.received(1));
    batch.end();
    batch.flush();

    assertThat(batches.get(0)).singleElement().satisfies(m -> assertThat(m.events()).isEmpty());
  }

  @Test
  void tracksValuesOfHistoryBeforeTheNotificationThatWaitedForThem() throws Exception {
    InFlightNotification notification = subscription.received(1);
    batch.add(EVENT);
    batch.begin(notification);
    batch.add(EVENT);
    batch.end();
    batch.flush();

    assertThat(batches).hasSize(1);
    List<Message> messages = batches.get(0);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).ack()).isNotSameAs(Ack.NONE).isNotSameAs(notification);
    assertThat(messages.get(1).ack()).isSameAs(notification);
  }

  @Test
  void deliversNothingWhereThereIsNothing() throws Exception {
    batch.flush();
    assertThat(batches).isEmpty();
  }
}
