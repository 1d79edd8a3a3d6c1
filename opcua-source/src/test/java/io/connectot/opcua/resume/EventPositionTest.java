// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class EventPositionTest {
  private static final Map<String, String> PARTITION = EventPosition.partition("plant", "i=2253");

  @Test
  void comesBackAsItWasStored() {
    EventPosition position =
        new EventPosition(
            PARTITION,
            new NotificationPosition(new SubscriptionKey(7, 5, "0/2"), 0xFFFF_FFFFL, 3),
            0xFFFF_FFFEL,
            9);

    assertThat(EventPosition.parse(PARTITION, position.offset())).contains(position);
  }

  @Test
  void hasTheSameBytesInEveryWorker() {
    assertThat(PARTITION).hasSize(1).containsEntry("notifier", "plant/i=2253");
  }

  @Test
  void isNoneWhereNothingOfUseIsStored() {
    assertThat(EventPosition.parse(PARTITION, null)).isEmpty();
    assertThat(EventPosition.parse(PARTITION, Map.of("time", 5L))).isEmpty();
    assertThat(EventPosition.parse(PARTITION, Map.of("subscription", 7L, "part", "0/1"))).isEmpty();
  }

  @Test
  void canBeRemovedByAnOperatorAndNotChanged() {
    Map<String, Object> offset = new HashMap<>(Map.of("time", 5L));

    assertThatCode(() -> NodeOffset.check(PARTITION, null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> NodeOffset.check(PARTITION, offset))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("can only be removed");
  }
}
