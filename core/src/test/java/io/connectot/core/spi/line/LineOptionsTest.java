// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineOptionsTest {
  @ParameterizedTest
  @CsvSource({"7, 7", "010, 10", "+3, 3", "0x1F, 31", "0X1f, 31"})
  void readsWholeNumbers(String text, int number) throws LineException {
    assertThat(options(text).integer("k", 0, 100)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "101", "1.5", "0x", "#1F", "1e1", "99999999999"})
  void refusesWhatIsNoWholeNumberInTheRange(String text) {
    assertThatThrownBy(() -> options(text).integer("k", 0, 100))
        .isInstanceOf(LineException.class)
        .hasMessage("k=" + text + ": must be a whole number from 0 to 100");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.1, 0.1", "-2.5e3, -2500", ".5, 0.5", "5., 5"})
  void readsNumbers(String text, double number) throws LineException {
    assertThat(options(text).number("k")).contains(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1d", "1.5F", "NaN", "Infinity", "1e999", "0,1"})
  void refusesWhatIsNoFiniteNumber(String text) {
    assertThatThrownBy(() -> options(text).number("k"))
        .isInstanceOf(LineException.class)
        .hasMessage("k=" + text + ": must be a number such as 0.1");
  }

  @Test
  void readsDurations() throws LineException {
    assertThat(options("250").duration("k")).contains(Duration.ofMillis(250));
    assertThat(options("2m").duration("k")).contains(Duration.ofMinutes(2));
    assertThatThrownBy(() -> options("0s").duration("k")).isInstanceOf(LineException.class);
  }

  @Test
  void keepsWhatNobodyTook() throws LineException {
    LineOptions options = new LineOptions(Map.of("a", "true", "b", "1"));
    assertThat(options.flag("a")).contains(true);
    assertThat(options.flag("absent")).isEmpty();
    assertThat(options.remaining()).containsExactly("b");
  }

  private static LineOptions options(String text) {
    return new LineOptions(Map.of("k", text));
  }
}
