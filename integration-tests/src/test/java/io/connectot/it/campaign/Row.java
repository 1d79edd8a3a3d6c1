// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What became of what was sent to one connector while one fault struck.
 *
 * @param fault the fault, as the table names it
 * @param connector the connector, as the table names it
 * @param sent how many numbers were sent
 * @param received how many arrived, with those that came again
 * @param lost how many did not arrive without a word
 * @param told how many did not arrive and lie in a gap that the connector told
 * @param duplicated how many arrived again
 * @param gaps how many gaps the connector told
 * @param recovery from the end of the fault until of every sender something had arrived that was
 *     sent after it; null when that never happened
 */
record Row(
    String fault,
    String connector,
    int sent,
    int received,
    int lost,
    int told,
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
          "told",
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
        number(told),
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
        "%s, %s: sent %s, received %s, lost %s, told %s, duplicated %s, gaps %s, recovered after"
            + " %s",
        cells.toArray());
  }
}
