// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The fields of records whose value or key is JSON as text or bytes, in their order. */
final class JsonFields {
  private static final int DEEPEST = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonFields() {}

  /** The fields of a JSON object; null if the value is none. */
  static Map<?, ?> of(Object value) {
    byte[] json =
        value instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : ConnectText.bytes(value);
    if (json == null || !mayBeObject(json)) {
      return null;
    }
    try {
      return MAPPER.readValue(json, Map.class);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean mayBeObject(byte[] json) {
    int at = 0;
    while (at < json.length && json[at] >= 0 && json[at] <= ' ') {
      at++;
    }
    return at < json.length && json[at] == '{';
  }
}
