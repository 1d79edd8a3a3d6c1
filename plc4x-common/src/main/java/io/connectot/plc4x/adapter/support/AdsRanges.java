// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What the memory of a TwinCAT controller can hold of times and texts; the driver cuts the rest.
 */
final class AdsRanges {
  private static final Charset BYTES = Charset.forName("windows-1252");
  private static final long MOST_UNSIGNED = 0xFFFF_FFFFL;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

  private AdsRanges() {}

  /**
   * Checks a value.
   *
   * @param length the maximum length of a text
   * @throws UnwritableValueException when the memory cannot hold it exactly
   */
  static void check(RawValue value, int length) throws UnwritableValueException {
    if (value.object() instanceof List<?> list) {
      for (Object element : list) {
        check((RawValue) element, length);
      }
    } else if (value.object() instanceof Duration time) {
      checkDuration(value, time);
    } else if (value.object() instanceof LocalDate date) {
      checkTime(value, date.atStartOfDay());
    } else if (value.object() instanceof LocalDateTime time) {
      checkTime(value, time);
    } else if (value.object() instanceof LocalTime time) {
      checkTimeOfDay(value, time);
    } else if (value.object() instanceof String text) {
      checkText(value, text, length);
    }
  }

  private static void checkDuration(RawValue value, Duration time) throws UnwritableValueException {
    boolean fits =
        switch (value.type()) {
          case TIME -> !time.isNegative() && time.toMillis() <= MOST_UNSIGNED;
          default -> !time.isNegative();
        };
    if (!fits) {
      throw doesNotFit(time, value);
    }
  }

  private static void checkTime(RawValue value, LocalDateTime time)
      throws UnwritableValueException {
    Instant instant = time.toInstant(ZoneOffset.UTC);
    boolean fits =
        switch (value.type()) {
          case DATE, DATE_AND_TIME ->
              instant.getEpochSecond() >= 0
                  && instant.getEpochSecond() <= MOST_UNSIGNED
                  && instant.getNano() == 0;
          default -> instant.getEpochSecond() >= 0 && instant.getEpochSecond() < MOST_SECONDS;
        };
    if (!fits) {
      throw doesNotFit(instant, value);
    }
  }

  private static void checkTimeOfDay(RawValue value, LocalTime time)
      throws UnwritableValueException {
    boolean fits =
        switch (value.type()) {
          case TIME_OF_DAY -> time.toNanoOfDay() % NANOS_PER_MILLI == 0;
          default -> true;
        };
    if (!fits) {
      throw doesNotFit(time, value);
    }
  }

  private static void checkText(RawValue value, String text, int length)
      throws UnwritableValueException {
    boolean wide =
        switch (value.type()) {
          case WSTRING, WCHAR -> true;
          default -> false;
        };
    if (!wide && !BYTES.newEncoder().canEncode(text)) {
      throw new UnwritableValueException(
          "the text '" + text + "' has characters that a " + value.type() + " cannot hold");
    }
    if (text.indexOf(0) >= 0 || (length > 0 && text.length() > length)) {
      throw new UnwritableValueException(
          "the text has "
              + text.length()
              + " characters; the tag has at most "
              + length
              + ", and none of them with the code 0");
    }
  }

  private static UnwritableValueException doesNotFit(Object object, RawValue value) {
    return new UnwritableValueException(
        object + " cannot be held exactly by a value of type " + value.type());
  }
}
