// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the records of the connectors as text. */
final class LiveTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final String ROW = "%-9s %-10s %-14s %20s %-5s %-9s %8s  %s";

  private LiveTable() {}

  /** The lines of the table. */
  static List<String> draw(
      List<ConnectorReport> reports,
      RoundTrip roundTrip,
      List<Reading> readings,
      List<Feed.Notice> notices,
      Instant now) {
    List<String> lines = new ArrayList<>();
    for (ConnectorReport report : reports) {
      lines.add(summary(report, roundTrip, now));
    }
    lines.add("");
    lines.add(
        String.format(ROW, "PROTOCOL", "DEVICE", "TAG", "VALUE", "UNIT", "QUALITY", "AGE", ""));
    for (Reading reading : readings) {
      lines.add(row(reading, now));
    }
    if (!notices.isEmpty()) {
      lines.add("");
      notices.forEach(notice -> lines.add(TIME.format(notice.time()) + "  " + notice.text()));
    }
    return lines;
  }

  /** The line of a connector. */
  static String summary(ConnectorReport report, RoundTrip roundTrip, Instant now) {
    return String.format(
        Locale.ROOT,
        "%s  %-20s %s, %s%s",
        TIME.format(now),
        report.name(),
        report.states(),
        report.sink()
            ? roundTrip.toString()
            : report.records() + " records, " + report.bad() + " BAD",
        report.failure().isEmpty() ? "" : ": " + report.failure());
  }

  private static String row(Reading reading, Instant now) {
    return String.format(
        Locale.ROOT,
        ROW,
        reading.protocol(),
        reading.device(),
        reading.tag(),
        reading.value(),
        reading.unit(),
        reading.quality(),
        age(Duration.between(reading.timestamp(), now)),
        reading.status());
  }

  private static String age(Duration age) {
    return String.format(Locale.ROOT, "%.1f s", Math.max(0, age.toMillis()) / 1000.0);
  }
}
