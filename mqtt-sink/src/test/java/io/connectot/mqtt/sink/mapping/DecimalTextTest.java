// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {
  @ParameterizedTest
  @CsvSource({
    "12345678.9, 12345678.9",
    "21.5, 21.5",
    "21, 21.0",
    "1e7, 10000000.0",
    "-1.5e-9, -0.0000000015",
    "9007199254740993, 9007199254740992.0",
    "1.7976931348623157e308, 1.7976931348623157E308",
    "4.9e-324, 4.9E-324",
    "-0.0, -0.0",
    "NaN, NaN",
    "Infinity, Infinity"
  })
  void hasNoExponent(double number, String text) {
    assertThat(DecimalText.of(number)).isEqualTo(text);
    assertThat(Double.parseDouble(DecimalText.of(number))).isEqualTo(Double.valueOf(number));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "16777216, 16777216.0", "1.5e-8, 0.000000015"})
  void hasTheDigitsOfItsPrecision(float number, String text) {
    assertThat(DecimalText.of(number)).isEqualTo(text);
  }

  @Test
  void isUsedInTextAndJson() {
    assertThat(ConnectText.of(null, 12345678.9)).isEqualTo("12345678.9");
    assertThat(ConnectJson.of(null, Map.of("v", List.of(12345678.9, 1e-5f, Double.NaN))))
        .isEqualTo("{\"v\":[12345678.9,0.00001,\"NaN\"]}");
  }
}
