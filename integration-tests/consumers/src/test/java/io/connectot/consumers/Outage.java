// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers;

import io.connectot.consumers.fixture.Consumers;
import io.connectot.consumers.fixture.Sources;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;

/** An outage of a device whose records are JSON, with or without schemas. */
final class Outage {
  private Outage() {}

  /**
   * Switches the device off once it is read, and on again.
   *
   * @return the gap, after which there are values again
   */
  static Received of(String connector, Sources sources, Site site, RecordReader gaps) {
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
      Consumers.awaitTrue("a gap with a start", () -> gap(gaps, connector) != null);
      Received gap = gap(gaps, connector);
      awaitGood(values, connector, payload(gap).path("gap_end").asLong());
      return gap;
    }
  }

  private static Received gap(RecordReader gaps, String connector) {
    return gaps.all().stream()
        .filter(record -> payload(record).path("connector").asText().equals(connector))
        .filter(record -> payload(record).hasNonNull("gap_start"))
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
  private static com.fasterxml.jackson.databind.JsonNode payload(Received record) {
    return record.json().has("payload") ? record.json().path("payload") : record.json();
  }
}
