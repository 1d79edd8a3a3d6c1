// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

/** What the documentation says about converters that are not ours. */
class ConverterNotesTest {
  @Test
  void jsonConverterWithSchemasReadsNanAsZero() {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "true"), false);
      byte[] json = converter.fromConnectData("t", Schema.FLOAT64_SCHEMA, Double.NaN);
      assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"payload\":\"NaN\"");
      assertThat(converter.toConnectData("t", json).value()).isEqualTo(0.0);
    }
  }
}
