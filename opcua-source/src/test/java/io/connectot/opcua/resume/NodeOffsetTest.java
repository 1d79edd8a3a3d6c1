// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class NodeOffsetTest {
  private static final NodePartition PARTITION =
      new NodePartition("press", "nsu=urn:plant;s=Temp", "temperature");
  private static final NotificationPosition LIVE =
      new NotificationPosition(
          new SubscriptionKey(4_000_000_000L, 133_000, "1/4"), 4_294_967_295L, 17);

  @Test
  void isStoredAndReadAgain() {
    NodeOffset before = NodeOffset.after(PARTITION, null, 1000, 12, -5, 0, LIVE);
    NodeOffset offset = NodeOffset.after(PARTITION, before, 1000, 13, 77, 2000, LIVE);

    Map<String, ?> stored = offset.offset();
    NodeOffset read = NodeOffset.parse(PARTITION, stored).orElseThrow();

    assertThat(read).isEqualTo(offset);
    assertThat(read.ticks()).isEqualTo(1000);
    assertThat(read.until()).hasValue(2000);
    assertThat(read.live()).isEqualTo(LIVE);
    assertThat(read.has(1000, -5)).isTrue();
    assertThat(read.has(1000, 77)).isTrue();
    assertThat(read.has(1000, 78)).isFalse();
    assertThat(read.has(1001, 77)).isFalse();
    assertThat(stored.values()).allMatch(value -> value instanceof Long || value instanceof String);
  }

  @Test
  void isFoundAgainByTheNextJvm() {
    // A worker looks a partition up by its bytes, and writes several entries in an order of its
    // own.
    assertThat(PARTITION).hasSize(1).containsEntry("tag", "press/temperature");
  }

  @Test
  void forgetsTheValuesOfEarlierInstants() {
    NodeOffset before = NodeOffset.after(PARTITION, null, 1000, 0, 5, 0, LIVE);

    assertThat(NodeOffset.after(PARTITION, before, 1001, 0, 6, 0, LIVE).has(1000, 5)).isFalse();
  }

  @Test
  void knowsOnlySoManyValuesOfOneInstant() {
    NodeOffset offset = null;
    for (int i = 0; i < 1000; i++) {
      offset = NodeOffset.after(PARTITION, offset, 1000, 0, i, 0, LIVE);
    }

    assertThat(offset.has(1000, 999)).isTrue();
    assertThat(offset.offset().get("hashes").toString()).hasSizeLessThan(1000);
  }

  @Test
  void comparesPositionsOnTheCircleOfSequenceNumbers() {
    SubscriptionKey key = LIVE.subscription();

    assertThat(LIVE.covers(key, 4_294_967_295L, 17)).isTrue();
    assertThat(LIVE.covers(key, 4_294_967_295L, 18)).isFalse();
    assertThat(LIVE.covers(key, 4_294_967_294L, 99)).isTrue();
    assertThat(LIVE.covers(key, 1, 1)).isFalse();
    assertThat(LIVE.covers(new SubscriptionKey(4_000_000_000L, 9, "1/4"), 5, 1)).isFalse();
    assertThat(NotificationPosition.NONE.covers(key, 1, 1)).isFalse();
  }

  @Test
  void takesWhatIsNotAnOffsetForNone() {
    assertThat(NodeOffset.parse(PARTITION, null)).isEmpty();
    assertThat(NodeOffset.parse(PARTITION, Map.of("timestamp_ns", 5))).isEmpty();
    assertThat(NodeOffset.parse(PARTITION, Map.of("time", 5, "hashes", "what"))).isPresent();
  }

  @Test
  void letsOperatorsRewindANode() {
    assertThatCode(() -> NodeOffset.check(PARTITION, Map.of("time", 133_000L)))
        .doesNotThrowAnyException();
    assertThatCode(() -> NodeOffset.check(Map.of("any", "thing"), null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> NodeOffset.check(PARTITION, Map.of("tim", 133_000L)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("\"time\"");
    assertThatThrownBy(() -> NodeOffset.check(Map.of("device", "a"), Map.of("time", 1)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("\"tag\": \"<device>/<tag>\"");
    assertThatThrownBy(() -> NodeOffset.check(Map.of("tag", "noDevice"), Map.of("time", 1)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("\"tag\": \"<device>/<tag>\"");
    for (Object time : List.of(-1, 0, 1.5, "yesterday", "+999999999-12-31T23:59:59Z")) {
      assertThatThrownBy(() -> NodeOffset.check(PARTITION, Map.of("time", time)))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("100 ns since 1601-01-01");
    }
  }

  @Test
  void letsOperatorsGiveATimeInIsoFormat() {
    Map<String, Object> offset = Map.of("time", "1970-01-01T00:00:00.0000001Z");

    assertThatCode(() -> NodeOffset.check(PARTITION, offset)).doesNotThrowAnyException();
    assertThat(NodeOffset.parse(PARTITION, offset).orElseThrow().ticks())
        .isEqualTo(116_444_736_000_000_001L);
  }

  @Test
  void isNotUsedForATagThatReadsAnotherNodeNow() {
    NodeOffset offset = NodeOffset.after(PARTITION, null, 1000, 0, 5, 0, LIVE);
    NodePartition moved = new NodePartition("press", "nsu=urn:plant;s=Temp2", "temperature");

    assertThat(moved).isEqualTo(PARTITION);
    assertThat(NodeOffset.parse(moved, offset.offset())).isEmpty();
    assertThat(NodeOffset.parse(moved, Map.of("time", 1000L))).isPresent();
  }

  @Test
  void partitionsAreEqualToWhatTheWorkerReadsBack() {
    Map<String, String> readBack = Map.of("tag", "press/temperature");

    assertThat(PARTITION).isEqualTo(readBack).hasSameHashCodeAs(readBack);
  }
}
