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

  static Verdict of(List<ConnectorReport> reports) {
    if (reports.isEmpty() || reports.stream().anyMatch(ConnectorReport::hasFailed)) {
      return FAIL;
    }
    return reports.stream().allMatch(report -> report.good() >= ENOUGH) ? PASS : WAIT;
  }

  /** Why the connectors do not pass, a line each; empty when they do. */
  static List<String> reasons(List<ConnectorReport> reports) {
    List<String> reasons = new ArrayList<>();
    if (reports.isEmpty()) {
      reasons.add("the plugin brings no connector: there is no etc/*.json in it");
    }
    for (ConnectorReport report : reports) {
      if (report.hasFailed()) {
        reasons.add(report.name() + " failed (" + report.states() + "): " + report.failure());
      } else if (report.good() < ENOUGH) {
        reasons.add(
            report.name()
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
                + " of BAD quality");
      }
    }
    return reasons;
  }
}
