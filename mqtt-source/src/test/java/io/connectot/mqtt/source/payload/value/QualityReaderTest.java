// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Quality;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.document.JsonDocuments;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualityReaderTest {
  private static Quality read(String map, String json) throws Exception {
    return QualityReader.of(map).read(JsonDocuments.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "192, GOOD",
    "216, GOOD",
    "64, UNCERTAIN",
    "0, BAD",
    "24, BAD",
    "128, BAD",
    "256, UNCERTAIN",
    "512, UNCERTAIN",
    "1024, GOOD",
    "\"192\", GOOD",
    "\"0\", BAD",
    "192.0, GOOD",
    "\"0x80310000\", BAD",
    "\"0xC0\", GOOD",
    "1073741824, UNCERTAIN",
    "2147483648, BAD",
    "-2147483648, BAD",
    "true, GOOD",
    "false, BAD",
    "\"Good\", GOOD",
    "\"GoodClamped\", GOOD",
    "\"OK\", GOOD",
    "\"Uncertain_LastUsableValue\", UNCERTAIN",
    "\"Bad_Timeout\", BAD",
    "\" invalid \", BAD",
    "\"who knows\", UNCERTAIN",
    "1.5, UNCERTAIN",
    "{}, UNCERTAIN",
    "123456789012345678901234567890, UNCERTAIN"
  })
  void reads(String json, Quality expected) throws Exception {
    assertThat(read("", json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, GOOD", "1, BAD", "\"stale\", UNCERTAIN", "192, GOOD", "\"a:b\", BAD"})
  void readsWhatTheMapSays(String json, Quality expected) throws Exception {
    assertThat(read("0:good, 1:bad, Stale:uncertain,a:b:BAD", json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0:", ":good", "0:fine", "0:good,,1:bad"})
  void refusesOtherMaps(String map) {
    assertThatThrownBy(() -> QualityReader.of(map))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("0:good");
  }
}
