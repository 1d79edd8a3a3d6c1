// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times. Immutable. */
public final class TimeReader {
  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "s", BigDecimal.valueOf(1_000_000_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "us", BigDecimal.valueOf(1000),
          "ns", BigDecimal.ONE);

  private static final BigDecimal MOST_SECONDS = new BigDecimal("1e11");
  private static final BigDecimal MOST_MILLIS = new BigDecimal("1e14");
  private static final BigDecimal MOST_MICROS = new BigDecimal("1e17");

  /** Longer numbers are rejected: they are not times, and costly to compute with. */
  private static final int MOST_DIGITS = 40;

  private static final int DATE_DIGITS = 8;
  private static final int SECOND_DIGITS = 14;

  private static final Pattern COMPACT =
      Pattern.compile(
          "(19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])"
              + "(([01]\\d|2[0-4])[0-5]\\d([0-6]\\d(\\d{3})?)?)?");

  /** Steps of 100 ns since 1601, as Windows counts, and since year 1, as .NET counts. */
  private static final List<Ticks> TICKS =
      List.of(
          new Ticks("125911584e9", "157469184e9", "116444736e9"),
          new Ticks("630822816e9", "662380416e9", "621355968e9"));

  private static final BigDecimal NANOS_OF_TICK = BigDecimal.valueOf(100);

  /** A number of seconds and so on, possibly with a fraction. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][-+]?\\d{1,3})?");

  /** Of .NET; the offset does not change the time. */
  private static final Pattern DOT_NET = Pattern.compile("/Date\\((-?\\d{1,15})([+-]\\d{4})?\\)/");

  /** Numbers of 2000 to 2099. As nanoseconds since 1970 they would be a year in the past. */
  private record Ticks(BigDecimal least, BigDecimal end, BigDecimal year1970) {
    Ticks(String least, String end, String year1970) {
      this(new BigDecimal(least), new BigDecimal(end), new BigDecimal(year1970));
    }

    boolean holds(BigDecimal number) {
      return number.compareTo(least) >= 0 && number.compareTo(end) < 0;
    }
  }

  /** A quoted text of a pattern. */
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");

  /** The letters of patterns for parts of a day. */
  private static final Pattern TIME_OF_DAY = Pattern.compile("[HhKkmsSnNA]");

  private static final Pattern HALF_DAY_HOUR = Pattern.compile("[hK]");
  private static final Pattern HALF_DAY = Pattern.compile("[aB]");

  private static final String AUTO = "auto";
  private static final String ISO = "iso";

  private final String format;
  private final ZoneId zone;

  /** Of a pattern; of RFC 1123, for texts that are not ISO-8601, otherwise. */
  private final DateTimeFormatter formatter;

  /** Whether the pattern has no time of day. Only then is the time midnight. */
  private final boolean dateOnly;

  /**
   * @param format as {@link #checkedFormat} returns it
   * @param zone of times without one
   */
  public TimeReader(String format, ZoneId zone) {
    this.format = format;
    this.zone = zone;
    this.formatter =
        isWord(format)
            ? DateTimeFormatter.RFC_1123_DATE_TIME
            : DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
    this.dateOnly = !isWord(format) && !TIME_OF_DAY.matcher(letters(format)).find();
  }

  private static String letters(String pattern) {
    return QUOTED.matcher(pattern).replaceAll("");
  }

  /**
   * Checks a format.
   *
   * @param format {@code auto}, {@code iso}, {@code s}, {@code ms}, {@code us}, {@code ns}, or a
   *     pattern of {@link DateTimeFormatter}
   */
  public static String checkedFormat(String format) throws LineException {
    String word = format.toLowerCase(Locale.ROOT);
    if (isWord(word)) {
      return word;
    }
    try {
      Objects.requireNonNull(DateTimeFormatter.ofPattern(format, Locale.ENGLISH));
    } catch (IllegalArgumentException e) {
      throw new LineException(
          "must be auto, iso, s, ms, us, ns or a pattern such as \"dd.MM.yyyy HH:mm:ss\"");
    }
    String letters = letters(format);
    if (HALF_DAY_HOUR.matcher(letters).find() && !HALF_DAY.matcher(letters).find()) {
      throw new LineException(
          "has the hour of half a day and not which half; write HH for hours from 0 to 23, or add a"
              + " for AM and PM");
    }
    return format;
  }

  private static boolean isWord(String format) {
    return format.equals(AUTO) || format.equals(ISO) || UNITS.containsKey(format);
  }

  /**
   * Parses a time to epoch nanoseconds.
   *
   * @throws PayloadException when the value is not a time in this format
   */
  public long nanos(JsonNode node) throws PayloadException {
    try {
      BigDecimal unit = UNITS.get(format);
      if (unit != null || (format.equals(AUTO) && isNumeric(node))) {
        BigDecimal number = number(node);
        String compact = unit == null ? compact(node) : null;
        if (compact != null) {
          return nanos(IsoTime.parse(compact, zone));
        }
        return (unit == null ? guessed(number) : number.multiply(unit))
            .toBigInteger()
            .longValueExact();
      }
      if (!node.isValueNode()) {
        throw wrong(node, null);
      }
      return nanos(instant(node.asText()));
    } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
      throw wrong(node, e);
    }
  }

  private static boolean isNumeric(JsonNode node) {
    return node.isNumber() || (node.isTextual() && isNumeric(node.textValue().trim()));
  }

  private static boolean isNumeric(String text) {
    return text.length() <= MOST_DIGITS && NUMBER.matcher(text).matches();
  }

  /**
   * A date or time without separators; null for other numbers. As seconds or milliseconds since
   * 1970, 8 digits would be a time in 1970, 12 digits one in 1976; 14 and 17 digits one in the year
   * 2286 or later.
   */
  private static String compact(JsonNode node) {
    String text = node.isTextual() || node.isIntegralNumber() ? node.asText().trim() : "";
    if (!COMPACT.matcher(text).matches()) {
      return null;
    }
    if (text.length() == DATE_DIGITS) {
      return text;
    }
    int seconds = Math.min(text.length(), SECOND_DIGITS);
    String fraction = text.substring(seconds);
    return text.substring(0, DATE_DIGITS)
        + "T"
        + text.substring(DATE_DIGITS, seconds)
        + (fraction.isEmpty() ? "" : "." + fraction);
  }

  private static BigDecimal number(JsonNode node) {
    if (node.isNumber()) {
      if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
        throw new ArithmeticException("infinite");
      }
      return bounded(node.decimalValue());
    }
    String text = node.isTextual() ? node.textValue().trim() : "";
    if (text.length() > MOST_DIGITS) {
      throw new NumberFormatException("too long");
    }
    return bounded(new BigDecimal(text.replace(',', '.')));
  }

  private static BigDecimal bounded(BigDecimal number) {
    if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw new ArithmeticException("too long");
    }
    return number;
  }

  private static BigDecimal guessed(BigDecimal number) {
    for (Ticks ticks : TICKS) {
      if (ticks.holds(number)) {
        return number.subtract(ticks.year1970).multiply(NANOS_OF_TICK);
      }
    }
    return number.multiply(UNITS.get(guess(number.abs())));
  }

  /** Until the year 5138, epoch seconds are shorter than epoch milliseconds since 1973. */
  private static String guess(BigDecimal number) {
    if (number.compareTo(MOST_SECONDS) < 0) {
      return "s";
    }
    return number.compareTo(MOST_MILLIS) < 0
        ? "ms"
        : number.compareTo(MOST_MICROS) < 0 ? "us" : "ns";
  }

  private Instant instant(String text) {
    if (isWord(format)) {
      try {
        return IsoTime.parse(text, zone);
      } catch (DateTimeException e) {
        if (format.equals(ISO)) {
          throw e;
        }
      }
      Matcher dotNet = DOT_NET.matcher(text.trim());
      if (dotNet.matches()) {
        return Instant.ofEpochMilli(Long.parseLong(dotNet.group(1)));
      }
      Optional<String> iso = MonthNameTime.iso(text.trim());
      if (iso.isPresent()) {
        return IsoTime.parse(iso.get(), zone);
      }
    }
    if (dateOnly) {
      return formatter.parse(text.trim(), LocalDate::from).atStartOfDay(zone).toInstant();
    }
    TemporalAccessor time =
        formatter.parseBest(
            text.trim(), ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
    if (time instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    if (time instanceof OffsetDateTime offset) {
      return offset.toInstant();
    }
    return LocalDateTime.from(time).atZone(zone).toInstant();
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  private PayloadException wrong(JsonNode node, RuntimeException cause) {
    return new PayloadException(
        "the time "
            + Excerpt.shorten(node.toString())
            + " is none of time.format="
            + format
            + " from 1678 to 2261; correct the option, or the publisher",
        cause);
  }
}
