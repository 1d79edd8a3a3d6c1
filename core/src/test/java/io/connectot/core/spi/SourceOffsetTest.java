// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceOffsetTest {
  private static final Map<String, ?> PARTITION = Map.of("device", "press1");

  @Test
  void readsWhatItWrote() {
    assertThat(SourceOffset.timestampNanos(SourceOffset.offset(1_700_000_000_123_456_789L)))
        .contains(1_700_000_000_123_456_789L);
    assertThat(SourceOffset.partition("press1")).isEqualTo(PARTITION);
  }

  @Test
  void takesWhatIsNotItsOwnAsNothing() {
    assertThat(SourceOffset.timestampNanos(null)).isEmpty();
    assertThat(SourceOffset.timestampNanos(Map.of())).isEmpty();
    assertThat(SourceOffset.timestampNanos(Map.of("timestamp_ns", "now"))).isEmpty();
  }

  @Test
  void acceptsItsOwnFormAsTheRestInterfaceSendsIt() {
    assertThatCode(
            () -> {
              SourceOffset.check(PARTITION, Map.of("timestamp_ns", 1_700_000_000_000_000_000L));
              SourceOffset.check(PARTITION, Map.of("timestamp_ns", 0));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void letsAnyPartitionBeForgotten() {
    assertThatCode(
            () -> {
              SourceOffset.check(PARTITION, null);
              SourceOffset.check(Map.of("rubbish", 1), null);
              SourceOffset.check(null, null);
            })
        .doesNotThrowAnyException();
  }

  static Stream<Map<String, ?>> wrongPartitions() {
    Map<String, Object> nullDevice = new HashMap<>();
    nullDevice.put("device", null);
    return Stream.of(
        null,
        Map.of(),
        nullDevice,
        Map.of("device", ""),
        Map.of("device", 7),
        Map.of("gadget", "press1"),
        Map.of("device", "press1", "tag", "speed"));
  }

  @ParameterizedTest
  @MethodSource("wrongPartitions")
  void saysWhatAPartitionMustBe(Map<String, ?> partition) {
    assertThatThrownBy(() -> SourceOffset.check(partition, Map.of("timestamp_ns", 1L)))
        .isInstanceOf(ConnectException.class)
        .hasMessage(
            "The partition " + partition + " must be {\"device\": \"<name>\"} and nothing else");
  }

  static Stream<Map<String, ?>> wrongOffsets() {
    return Stream.of(
        Map.of(),
        Map.of("timestamp_ns", "1"),
        Map.of("timestamp_ns", 1.5),
        Map.of("timestamp_ns", -1L),
        Map.of("timestamp", 1L),
        Map.of("timestamp_ns", 1L, "more", 1L));
  }

  @ParameterizedTest
  @MethodSource("wrongOffsets")
  void saysWhatAnOffsetMustBe(Map<String, ?> offset) {
    assertThatThrownBy(() -> SourceOffset.check(PARTITION, offset))
        .isInstanceOf(ConnectException.class)
        .hasMessage(
            "The offset "
                + offset
                + " of device press1 must be {\"timestamp_ns\": <nanoseconds since 1970>} and"
                + " nothing else");
  }
}
