// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.util.ArrayList;
import java.util.List;

/** What {@code --check} makes of the connectors' reports. */
enum Verdict {
  /** A connector still has to deliver. */
  WAIT,
  /** Every connector has delivered real values. */
  PASS,
  /** A connector gave up; waiting longer is pointless. */
  FAIL;

  /** How many GOOD measurements make a connector one that delivers. */
  static final int ENOUGH = 10;

  /** How many answers make a sink one that delivers. */
  static final int ENOUGH_ANSWERS = 3;

  /**
   * @param answered how many commands went out by a sink and came back by a source
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

  /** Why the connectors do not pass, a line each; empty when they do. */
  static List<String> reasons(List<ConnectorReport> reports, long answered) {
    List<String> reasons = new ArrayList<>();
    if (reports.isEmpty()) {
      reasons.add("the plugin brings no connector: there is no etc/*.json in it");
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
        + " records in all, "
        + report.bad()
        + " of BAD quality"
        + (report.events().isPresent()
            ? ", and told " + report.events().getAsLong() + " events"
            : "");
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
