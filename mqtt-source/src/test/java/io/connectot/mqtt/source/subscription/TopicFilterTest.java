// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 5.0 §4.7 and §4.8.2. */
class TopicFilterTest {
  private static Optional<List<String>> captures(String filter, String topic) throws LineException {
    return TopicFilter.parse(filter).captures(TopicFilter.split(topic));
  }

  @ParameterizedTest
  @CsvSource({
    "plant/+/temp, plant/a/temp, a",
    "plant/+/temp, plant//temp, ''",
    "plant/#, plant/a/b, a/b",
    "plant/#, plant, ''",
    "#, a/b, a/b",
    "+/+, /finance, '|finance'",
    "+/tennis/#, sport/tennis/p1, sport|p1",
    "$SYS/#, $SYS/a, a",
    "$share/g/a/+, a/b, b",
    "a, a, <none>"
  })
  void matches(String filter, String topic, String expected) throws LineException {
    List<String> groups =
        expected.equals("<none>") ? List.of() : Arrays.asList(expected.split("\\|", -1));
    assertThat(captures(filter, topic)).contains(groups);
  }

  @ParameterizedTest
  @CsvSource({
    "plant/+/temp, plant/a/b/temp",
    "plant/+, plant",
    "a/b, a/B",
    "a, a/",
    "#, $SYS/a",
    "+/a, $SYS/a",
    "plant/#, plants"
  })
  void doesNotMatch(String filter, String topic) throws LineException {
    assertThat(captures(filter, topic)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a#",
        "a/#/b",
        "#/a",
        "a+",
        "a/b+/c",
        "$share/g",
        "$share/g/",
        "$share//a",
        "$share/g+/a",
        "$share",
        "$share/g/a#",
        "a/\u0000"
      })
  void refuses(String filter) {
    assertThatThrownBy(() -> TopicFilter.parse(filter)).isInstanceOf(LineException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a, a",
    "a/b, a/#",
    "a, a/#",
    "a/+, +/b",
    "a/+/c, a/b/#",
    "#, a/b",
    "+/#, a",
    "$share/g/a/b, a/+",
    "$SYS/#, $SYS/a"
  })
  void overlaps(String one, String other) {
    assertThat(parse(one).overlaps(parse(other))).isTrue();
    assertThat(parse(other).overlaps(parse(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a, b",
    "a/b, a",
    "a/b/c, a/+",
    "a/+/c, a/b/d",
    "a/b/#, a",
    "a/#, b/#",
    "#, $SYS/a",
    "+/a, $SYS/a"
  })
  void doesNotOverlap(String one, String other) {
    assertThat(parse(one).overlaps(parse(other))).isFalse();
    assertThat(parse(other).overlaps(parse(one))).isFalse();
  }

  @Test
  void refusesWhatIsTooLong() throws LineException {
    assertThat(TopicFilter.parse("x".repeat(65_535)).levels()).hasSize(1);
    assertThatThrownBy(() -> TopicFilter.parse("ö".repeat(32_768))).hasMessageContaining("65535");
  }

  @Test
  void theMostExactComesFirst() {
    assertThat(
            List.of("#", "+/+", "a/#", "a/+/#", "a/+", "+/b", "a/b").stream()
                .map(TopicFilterTest::parse)
                .sorted(TopicFilter.MOST_EXACT_FIRST)
                .map(TopicFilter::text))
        .containsExactly("a/b", "a/+/#", "a/+", "a/#", "+/b", "+/+", "#");
  }

  private static TopicFilter parse(String filter) {
    try {
      return TopicFilter.parse(filter);
    } catch (LineException e) {
      throw new AssertionError(e);
    }
  }
}
