// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times with English names of months, as C's asctime and the command date write them. */
final class MonthNameTime {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final String MONTH = "(?<month>[A-Za-z]{3})[a-z]{0,6}";
  private static final String DAY = "(?<day>\\d{1,2})";
  private static final String YEAR = "(?<year>\\d{4})";
  private static final String TIME =
      "(?<time>\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d{1,12})?)?( ?[AaPp][Mm]\\b)?)";
  private static final String WEEKDAY = "([A-Za-z]{3,9},? +)?";
  private static final String ZONE = "(?<zone>[A-Za-z+-][\\w/:+-]{0,40})";

  /** Sat Nov 28 21:00:00 CET 2026. */
  private static final Pattern ASCTIME =
      Pattern.compile(WEEKDAY + MONTH + " +" + DAY + " +" + TIME + "( +" + ZONE + ")? +" + YEAR);

  /** Between date and time, and after the time. */
  private static final String TO_TIME = "(,? +|:)";

  private static final String REST = "( ?" + ZONE + ")?( +\\(.{1,60}\\))?";

  /** 28 Nov 2026 21:00:00 +0100. */
  private static final Pattern DAY_FIRST =
      Pattern.compile(WEEKDAY + DAY + "\\.?[ /-]" + MONTH + "[ /-]" + YEAR + TO_TIME + TIME + REST);

  /** Sat Nov 28 2026 21:00:00 GMT+0100 (CET), as JavaScript writes it; Nov 28, 2026 9:00 PM. */
  private static final Pattern MONTH_FIRST =
      Pattern.compile(WEEKDAY + MONTH + " +" + DAY + ",? +" + YEAR + TO_TIME + TIME + REST);

  /** 2026-Nov-28 21:00:00. */
  private static final Pattern YEAR_FIRST =
      Pattern.compile(YEAR + "[ /-]" + MONTH + "[ /-]" + DAY + TO_TIME + TIME + REST);

  private MonthNameTime() {}

  /** The same time in ISO-8601; empty for another form. */
  static Optional<String> iso(String text) {
    for (Pattern pattern : List.of(ASCTIME, DAY_FIRST, MONTH_FIRST, YEAR_FIRST)) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        int month = 1 + MONTHS.indexOf(matcher.group("month").toLowerCase(Locale.ROOT));
        String zone = matcher.group("zone");
        return month == 0
            ? Optional.empty()
            : Optional.of(
                matcher.group("year")
                    + "-"
                    + month
                    + "-"
                    + matcher.group("day")
                    + " "
                    + matcher.group("time")
                    + (zone == null ? "" : " " + zone));
      }
    }
    return Optional.empty();
  }
}
