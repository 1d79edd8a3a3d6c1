// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The results of one connector under one fault.
 *
 * @param fault the name of the fault in the table
 * @param connector the name of the connector in the table
 * @param sent how many numbers were sent
 * @param received how many numbers arrived, including duplicates
 * @param lost how many numbers did not arrive and were not reported missing
 * @param peers how many numbers did not arrive because the peer has lost them
 * @param reported how many numbers did not arrive and lie in a gap that the connector reported
 * @param duplicated how many numbers arrived again
 * @param gaps how many gaps the connector reported
 * @param recovery time from the end of the fault until a number sent after the fault had arrived
 *     from every sender; null if this never happened
 */
record Row(
    String fault,
    String connector,
    int sent,
    int received,
    int lost,
    int peers,
    int reported,
    int duplicated,
    int gaps,
    Duration recovery) {
  /** The head of a table in Markdown. */
  static final List<String> HEAD =
      List.of(
          "fault",
          "connector",
          "sent",
          "received",
          "lost",
          "lost by peer",
          "reported",
          "duplicated",
          "gaps",
          "recovered after");

  /** The cells under {@link #HEAD}. */
  List<String> cells() {
    return List.of(
        fault,
        connector,
        number(sent),
        number(received),
        number(lost),
        number(peers),
        number(reported),
        number(duplicated),
        number(gaps),
        recovery == null
            ? "never"
            : String.format(Locale.ROOT, "%.1f s", recovery.toMillis() / 1_000.0));
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  @Override
  public String toString() {
    List<String> cells = cells();
    return String.format(
        "%s, %s: sent %s, received %s, lost %s, lost by peer %s, reported %s, duplicated %s, gaps"
            + " %s, recovered after %s",
        cells.toArray());
  }
}
