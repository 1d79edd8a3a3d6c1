// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads ISO-8601 times as devices write them: with a blank instead of the T, a comma in the
 * seconds, a zone with or without colon or minutes or with a name, without a zone, without seconds,
 * without a time, with a week or the day of the year, in the basic format without separators, and
 * with the day first if points separate it. For one text and one thread.
 */
final class IsoTime {
  private static final int MOST_FRACTION_DIGITS = 9;

  private static final int LAST_HOUR = 24;
  private static final int LEAP_SECOND = 60;
  private static final int NOON = 12;

  /** Names of one meaning only: CST, IST and BST have several. */
  private static final Map<String, ZoneId> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("WET", ZoneOffset.UTC),
          Map.entry("WEST", ZoneOffset.ofHours(1)),
          Map.entry("CET", ZoneOffset.ofHours(1)),
          Map.entry("MEZ", ZoneOffset.ofHours(1)),
          Map.entry("MESZ", ZoneOffset.ofHours(2)),
          Map.entry("CEST", ZoneOffset.ofHours(2)),
          Map.entry("EET", ZoneOffset.ofHours(2)),
          Map.entry("EEST", ZoneOffset.ofHours(3)),
          Map.entry("MSK", ZoneOffset.ofHours(3)),
          Map.entry("EST", ZoneOffset.ofHours(-5)),
          Map.entry("EDT", ZoneOffset.ofHours(-4)),
          Map.entry("CDT", ZoneOffset.ofHours(-5)),
          Map.entry("MST", ZoneOffset.ofHours(-7)),
          Map.entry("MDT", ZoneOffset.ofHours(-6)),
          Map.entry("PST", ZoneOffset.ofHours(-8)),
          Map.entry("PDT", ZoneOffset.ofHours(-7)),
          Map.entry("JST", ZoneOffset.ofHours(9)),
          Map.entry("KST", ZoneOffset.ofHours(9)),
          Map.entry("AEST", ZoneOffset.ofHours(10)),
          Map.entry("AEDT", ZoneOffset.ofHours(11)));

  /** +0100 CET: the offset says all, the name is for people. */
  private static final Pattern NAMED_OFFSET = Pattern.compile("([-+][\\d:]+) +[A-Za-z].*");

  private static final Pattern OFFSET = Pattern.compile("\\d{1,2}(:?\\d{2}){0,2}");

  private final String text;
  private int at;

  private IsoTime(String text) {
    this.text = text.trim();
  }

  /**
   * Parses a time.
   *
   * @param zone of times without one
   * @throws DateTimeException when the text is not a time
   */
  static Instant parse(String text, ZoneId zone) {
    return new IsoTime(text).instant(zone);
  }

  private Instant instant(ZoneId zone) {
    LocalDate date = date();
    LocalDateTime time = date.atStartOfDay();
    ZoneId own = zone;
    if (at < text.length()) {
      require(skip('T') || skip('t') || skip(' ') || skip('_') || skip(','));
      skipBlanks();
      time = time(date);
      skipBlanks();
      own = at < text.length() ? zone() : zone;
    }
    return time.atZone(own).toInstant();
  }

  /** Year first, or day first with points; with separators, a month or day may have one digit. */
  private LocalDate date() {
    if (at + 2 < text.length() && (text.charAt(at + 2) == '.' || text.charAt(at + 1) == '.')) {
      int day = digits(1, 2);
      require(skip('.'));
      int month = digits(1, 2);
      require(skip('.'));
      return LocalDate.of(digits(4), month, day);
    }
    int year = digits(4);
    boolean separated = skip('-') || skip('/') || skip('.');
    if (skip('W')) {
      int week = digits(2);
      boolean hasDay = separated ? skip('-') : isDigit();
      return week(year, week, hasDay ? digits(1) : 1);
    }
    if (digitsAhead() == 3) {
      return LocalDate.ofYearDay(year, digits(3));
    }
    int month = separated ? digits(1, 2) : digits(2);
    require(!separated || skip('-') || skip('/') || skip('.'));
    return LocalDate.of(year, month, separated ? digits(1, 2) : digits(2));
  }

  private static LocalDate week(int year, int week, int day) {
    // The 4th of January is in the first week.
    LocalDate first = LocalDate.of(year, 1, 4);
    IsoFields.WEEK_OF_WEEK_BASED_YEAR
        .rangeRefinedBy(first)
        .checkValidValue(week, IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    return first.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week).with(ChronoField.DAY_OF_WEEK, day);
  }

  /** Also 24:00 and leap seconds, which belong to the next day and minute. */
  private LocalDateTime time(LocalDate date) {
    int hour = digitsAhead() == 1 ? digits(1) : digits(2);
    int minute = 0;
    int second = 0;
    int nano = 0;
    boolean colons = skip(':');
    if (colons || isDigit()) {
      minute = digits(2);
      if (colons ? skip(':') : isDigit()) {
        second = digits(2);
        nano = skip('.') || skip(',') ? fraction() : 0;
      }
    }
    hour = ofDay(hour);
    boolean midnight = hour == LAST_HOUR && minute == 0 && second == 0 && nano == 0;
    boolean leap = second == LEAP_SECOND;
    LocalDateTime time =
        LocalDateTime.of(
            date, LocalTime.of(midnight ? 0 : hour, minute, leap ? second - 1 : second, nano));
    return time.plusDays(midnight ? 1 : 0).plusSeconds(leap ? 1 : 0);
  }

  /** The hour of the day, of an hour that AM or PM may follow. */
  private int ofDay(int hour) {
    int from = at;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    boolean pm = text.regionMatches(true, from, "PM", 0, 2);
    boolean am = text.regionMatches(true, from, "AM", 0, 2);
    boolean longer = from + 2 < text.length() && Character.isLetter(text.charAt(from + 2));
    if (longer || !(pm || am)) {
      return hour;
    }
    require(hour >= 1 && hour <= NOON);
    at = from + 2;
    return hour % NOON + (pm ? NOON : 0);
  }

  private ZoneId zone() {
    if (text.endsWith("]")) {
      // 2026-11-28T22:00:00+01:00[Europe/Berlin]: the offset says all, the name is for people.
      int bracket = text.indexOf('[', at);
      require(bracket > at);
      return zone(text.substring(at, bracket));
    }
    Matcher named = NAMED_OFFSET.matcher(text.substring(at));
    return zone(named.matches() ? named.group(1) : text.substring(at));
  }

  private static ZoneId zone(String text) {
    char first = text.charAt(0);
    ZoneId abbreviated = ABBREVIATIONS.get(text);
    if (abbreviated != null) {
      return abbreviated;
    }
    if (first != '+' && first != '-' && first != '\u2212') {
      return ZoneId.of(text.equalsIgnoreCase("z") ? "Z" : text);
    }
    if (!OFFSET.matcher(text.substring(1)).matches()) {
      throw new DateTimeException(text);
    }
    String digits = text.substring(1).replace(":", "");
    String sign = first == '+' ? "+" : "-";
    return switch (digits.length()) {
      case 1, 3, 5 -> ZoneOffset.of(sign + "0" + digits);
      default -> ZoneOffset.of(sign + digits);
    };
  }

  private int digitsAhead() {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - at;
  }

  private int digits(int least, int most) {
    return digits(Math.max(least, Math.min(most, digitsAhead())));
  }

  private int digits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      require(isDigit());
      number = 10 * number + (text.charAt(at++) - '0');
    }
    return number;
  }

  /** Digits beyond nanoseconds are cut. */
  private int fraction() {
    require(isDigit());
    int nano = 0;
    for (int digits = 0; digits < MOST_FRACTION_DIGITS || isDigit(); digits++) {
      if (digits < MOST_FRACTION_DIGITS) {
        nano = 10 * nano + (isDigit() ? text.charAt(at++) - '0' : 0);
      } else {
        at++;
      }
    }
    return nano;
  }

  private boolean isDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (skip(' ')) {
      // Every blank is skipped.
    }
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new DateTimeException(text);
    }
  }
}
