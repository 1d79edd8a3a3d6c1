// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/** Kafka's JSON converter and ours with the same options. */
final class Converters {
  final JsonConverter ours = new JsonConverter();
  final org.apache.kafka.connect.json.JsonConverter kafka =
      new org.apache.kafka.connect.json.JsonConverter();

  private Converters(Map<String, ?> options) {
    ours.configure(options, false);
    kafka.configure(options, false);
  }

  static Converters with(Object... options) {
    Map<String, Object> map = new HashMap<>(Map.of("schemas.enable", false));
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i].toString(), options[i + 1]);
    }
    return new Converters(map);
  }

  /** Compares the bytes, or the errors; repeated, because repeated texts are cached. */
  void assertSame(Schema schema, Object value) {
    for (int i = 0; i < 3; i++) {
      byte[][] bytes = new byte[2][];
      Throwable expected =
          catchThrowable(() -> bytes[0] = kafka.fromConnectData("t", schema, value));
      Throwable actual = catchThrowable(() -> bytes[1] = ours.fromConnectData("t", schema, value));
      if (expected == null) {
        assertThat(actual).as("error for %s", value).isNull();
        assertThat(bytes[1]).as("JSON of %s", value).isEqualTo(bytes[0]);
      } else {
        assertThat(actual)
            .as("error for %s", value)
            .hasSameClassAs(expected)
            .hasMessage(expected.getMessage());
      }
    }
  }
}
