// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A measurement in readable form.
 *
 * @param value empty without a value
 * @param status the protocol's status code; empty without one
 * @param json the whole record
 */
record Reading(
    String protocol,
    String device,
    String tag,
    String value,
    String unit,
    String quality,
    String status,
    Instant timestamp,
    String json) {
  private static final List<String> VALUE_FIELDS =
      List.of("value_string", "value_long", "value_boolean", "value_bytes");

  /** Parses the measurement in a record's value; empty for other records, e.g. a gap. */
  static Optional<Reading> of(JsonNode json) {
    if (!json.hasNonNull("device") || !json.hasNonNull("tag") || !json.hasNonNull("quality")) {
      return Optional.empty();
    }
    return Optional.of(
        new Reading(
            text(json, "protocol"),
            text(json, "device"),
            text(json, "tag"),
            value(json),
            text(json, "unit"),
            text(json, "quality"),
            text(json, "status"),
            Instant.ofEpochMilli(json.path("event_time").asLong()),
            json.toString()));
  }

  boolean isGood() {
    return quality.equals("GOOD");
  }

  private static String value(JsonNode json) {
    for (String field : VALUE_FIELDS) {
      if (json.hasNonNull(field)) {
        return json.path(field).asText();
      }
    }
    return json.hasNonNull("value_double")
        ? String.format(Locale.ROOT, "%.3f", json.path("value_double").asDouble())
        : "";
  }

  private static String text(JsonNode json, String field) {
    return json.hasNonNull(field) ? json.path(field).asText() : "";
  }
}
