// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * Reads ISO-8601 times as devices write them: with a blank instead of the T, a comma in the
 * seconds, a zone with or without colon or minutes, without a zone, without seconds, without a
 * time, and in the basic format without separators. For one text and one thread.
 */
final class IsoTime {
  private static final int MOST_FRACTION_DIGITS = 9;

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
    int year = digits(4);
    boolean separated = skip('-') || skip('/');
    int month = digits(2);
    require(!separated || skip('-') || skip('/'));
    int day = digits(2);
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nano = 0;
    ZoneId own = zone;
    if (at < text.length()) {
      require(skip('T') || skip('t') || skip(' ') || skip('_'));
      skipBlanks();
      hour = digits(2);
      boolean colons = skip(':');
      minute = digits(2);
      if (colons ? skip(':') : isDigit()) {
        second = digits(2);
        nano = skip('.') || skip(',') ? fraction() : 0;
      }
      skipBlanks();
      own = at < text.length() ? zone() : zone;
    }
    return LocalDateTime.of(year, month, day, hour, minute, second, nano).atZone(own).toInstant();
  }

  private ZoneId zone() {
    if (text.endsWith("]")) {
      // 2026-11-28T22:00:00+01:00[Europe/Berlin]: the offset says all, the name is for people.
      int bracket = text.indexOf('[', at);
      require(bracket > at);
      return zone(text.substring(at, bracket));
    }
    return zone(text.substring(at));
  }

  private static ZoneId zone(String text) {
    char first = text.charAt(0);
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
