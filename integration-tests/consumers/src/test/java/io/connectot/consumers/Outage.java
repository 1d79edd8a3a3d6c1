// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.consumers.fixture.Consumers;
import io.connectot.consumers.fixture.Sources;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import java.time.Instant;
import java.util.List;

/** An outage of a device whose records are JSON, with or without schemas. */
final class Outage {
  private Outage() {}

  /**
   * Switches the device off once it is read, and on again.
   *
   * @return the gap, after which there are values again
   */
  static JsonNode of(String connector, Sources sources, Site site, RecordReader gaps) {
    try (RecordReader values = site.reader("measurements");
        RecordReader statuses = site.reader("device_status")) {
      awaitGood(values, connector, 0);
      sources.switchOff(connector);
      Consumers.awaitTrue(
          "the device to be away",
          () ->
              statuses.all().stream()
                  .anyMatch(record -> isOf(record, connector, "state", "OFFLINE")));
      sources.switchOn(connector);
      Consumers.awaitTrue("a gap of the outage", () -> gap(gaps, connector) != null);
      JsonNode gap = gap(gaps, connector);
      awaitGood(values, connector, gap.path("gap_end").asLong());
      return gap;
    }
  }

  /**
   * Whether a row of a join is the last good value before a gap. Values that a slow scan read late
   * can be inside of a gap.
   *
   * @param row path, time, value, quality, start and end of the gap
   */
  static boolean isLastValueBefore(JsonNode gap, List<String> row) {
    return row.get(3).equals("GOOD")
        && row.get(5).equals(time(gap, "gap_end"))
        && !Instant.parse(row.get(1)).isAfter(Instant.parse(time(gap, "gap_start")));
  }

  /** A time of a record, as Flink prints it. */
  static String time(JsonNode record, String column) {
    return Instant.ofEpochMilli(record.path(column).asLong()).toString();
  }

  private static JsonNode gap(RecordReader gaps, String connector) {
    return gaps.all().stream()
        .map(Outage::payload)
        .filter(gap -> gap.path("connector").asText().equals(connector))
        .filter(gap -> gap.hasNonNull("gap_start") && gap.path("cause").asText().contains("tcp://"))
        .reduce((first, last) -> last)
        .orElse(null);
  }

  private static void awaitGood(RecordReader values, String connector, long after) {
    Consumers.awaitTrue(
        "a value after " + after,
        () ->
            values.all().stream()
                .anyMatch(
                    record ->
                        isOf(record, connector, "quality", "GOOD")
                            && payload(record).path("event_time").asLong() > after));
  }

  private static boolean isOf(Received record, String connector, String column, String value) {
    return payload(record).path("connector").asText().equals(connector)
        && payload(record).path(column).asText().equals(value);
  }

  /** The value of a record, which JSON with schemas has in a member. */
  private static JsonNode payload(Received record) {
    return record.json().has("payload") ? record.json().path("payload") : record.json();
  }
}
