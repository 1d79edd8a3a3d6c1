// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.util.ArrayList;
import java.util.List;

/** The result of {@code --check}, based on the reports of the connectors. */
enum Verdict {
  /** At least one connector has not delivered yet. */
  WAIT,
  /** Every connector has delivered GOOD values. */
  PASS,
  /** A connector has failed; the check ends. */
  FAIL;

  /** The number of GOOD measurements required of a source. */
  static final int ENOUGH = 10;

  /** The number of responses required of a sink. */
  static final int ENOUGH_ANSWERS = 3;

  /**
   * @param answered the number of commands that a sink published and whose response a source read
   */
  static Verdict of(List<ConnectorReport> reports, long answered) {
    if (reports.isEmpty() || reports.stream().anyMatch(ConnectorReport::hasFailed)) {
      return FAIL;
    }
    return reports.stream().allMatch(report -> delivers(report, answered)) ? PASS : WAIT;
  }

  private static boolean delivers(ConnectorReport report, long answered) {
    return report.sink()
        ? answered >= ENOUGH_ANSWERS
        : report.good() >= ENOUGH && report.events().orElse(1) > 0;
  }

  /** The reasons why the connectors do not pass, one line each; empty if they pass. */
  static List<String> reasons(List<ConnectorReport> reports, long answered) {
    List<String> reasons = new ArrayList<>();
    if (reports.isEmpty()) {
      reasons.add("the plugin contains no etc/*.json and thus no connector");
    }
    for (ConnectorReport report : reports) {
      if (report.hasFailed()) {
        reasons.add(report.name() + " failed (" + report.states() + "): " + report.failure());
      } else if (!delivers(report, answered)) {
        reasons.add(report.sink() ? unanswered(report, answered) : undelivered(report));
      }
    }
    return reasons;
  }

  private static String undelivered(ConnectorReport report) {
    return report.name()
        + " delivered "
        + report.good()
        + " GOOD records, at least "
        + ENOUGH
        + " were expected; it is "
        + report.states()
        + " and sent "
        + report.records()
        + " records in total, "
        + report.bad()
        + " of BAD quality"
        + (report.events().isPresent() ? ", and " + report.events().getAsLong() + " events" : "");
  }

  private static String unanswered(ConnectorReport report, long answered) {
    return report.name()
        + " had "
        + report.records()
        + " commands to deliver, and the plant answered "
        + answered
        + " of them, at least "
        + ENOUGH_ANSWERS
        + " were expected; it is "
        + report.states();
  }
}
