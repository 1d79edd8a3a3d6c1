// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Encodes values for the memory of an S7 controller: the reverse of {@link S7Decoder}. */
final class S7Encoder {
  private static final LocalDate DATE_ORIGIN = LocalDate.of(1990, 1, 1);
  private static final int MOST_DAYS = 0xFFFF;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000L);
  private static final int S5_DIGITS = 999;

  private S7Encoder() {}

  /**
   * Encodes a single value that is neither a bit nor a text with a length.
   *
   * @throws UnwritableValueException when the type cannot hold it
   */
  static byte[] encode(S7Type type, RawValue value) throws UnwritableValueException {
    ByteBuffer memory = ByteBuffer.allocate(type.stride(0));
    Object object = value.object();
    switch (type) {
      case BYTE, USINT, SINT -> memory.put(((Number) object).byteValue());
      case WORD, UINT, INT -> memory.putShort(((Number) object).shortValue());
      case DWORD, UDINT, DINT -> memory.putInt(((Number) object).intValue());
      case LWORD, ULINT, LINT -> memory.putLong(((Number) object).longValue());
      case REAL -> memory.putFloat(((Number) object).floatValue());
      case LREAL -> memory.putDouble(((Number) object).doubleValue());
      case CHAR -> memory.put(latin((String) object));
      case WCHAR -> memory.put(((String) object).getBytes(StandardCharsets.UTF_16BE));
      case S5TIME -> memory.putShort(s5Time((Duration) object));
      case TIME -> memory.putInt(milliseconds((Duration) object));
      case LTIME -> memory.putLong(((Duration) object).toNanos());
      case DATE -> memory.putShort(date((LocalDate) object));
      case TIME_OF_DAY -> memory.putInt(timeOfDay((LocalTime) object));
      case LTIME_OF_DAY -> memory.putLong(((LocalTime) object).toNanoOfDay());
      case DATE_AND_TIME -> dateAndTime((LocalDateTime) object, memory);
      case DATE_AND_LTIME -> memory.putLong(sinceEpoch((LocalDateTime) object));
      case DTL -> structuredTime((LocalDateTime) object, memory);
      default -> throw new IllegalArgumentException(type + " is not encoded alone");
    }
    return memory.array();
  }

  /**
   * Encodes a text: its length and its characters, which follow the maximum length in the memory.
   *
   * @param length the maximum length of the address
   * @param maximum the maximum length in the memory
   * @throws UnwritableValueException when the text is longer or has other characters
   */
  static byte[] text(S7Type type, String text, int length, int maximum)
      throws UnwritableValueException {
    if (text.length() > Math.min(length, maximum)) {
      throw new UnwritableValueException(
          "the text has "
              + text.length()
              + " characters; its address has at most "
              + length
              + ", and the memory of the controller "
              + maximum);
    }
    if (type == S7Type.STRING) {
      ByteBuffer memory = ByteBuffer.allocate(1 + text.length());
      return memory.put((byte) text.length()).put(latin(text)).array();
    }
    byte[] characters = text.getBytes(StandardCharsets.UTF_16BE);
    ByteBuffer memory = ByteBuffer.allocate(2 + characters.length);
    return memory.putShort((short) text.length()).put(characters).array();
  }

  private static byte[] latin(String text) throws UnwritableValueException {
    if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
      throw new UnwritableValueException(
          "the text '" + text + "' has characters that an S7 text of bytes cannot hold");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** By the smallest time base that holds it exactly. */
  private static short s5Time(Duration time) throws UnwritableValueException {
    long millis = time.toMillis();
    long unit = 10;
    for (int base = 0; base < 4; base++, unit *= 10) {
      if (millis >= 0 && millis % unit == 0 && millis / unit <= S5_DIGITS) {
        return (short) (base << 12 | coded((int) (millis / unit)));
      }
    }
    throw new UnwritableValueException(
        millis
            + " ms cannot be held by an S5TIME, which has three digits of 10 ms, 100 ms, 1 s or"
            + " 10 s");
  }

  private static int milliseconds(Duration time) throws UnwritableValueException {
    long millis = time.toMillis();
    if (millis != (int) millis) {
      throw new UnwritableValueException(millis + " ms do not fit a TIME of 32 bits");
    }
    return (int) millis;
  }

  private static short date(LocalDate date) throws UnwritableValueException {
    long days = ChronoUnit.DAYS.between(DATE_ORIGIN, date);
    if (days < 0 || days > MOST_DAYS) {
      throw new UnwritableValueException(date + " is not within the years 1990 to 2169 of a DATE");
    }
    return (short) days;
  }

  private static int timeOfDay(LocalTime time) throws UnwritableValueException {
    long nanos = time.toNanoOfDay();
    checkMilliseconds(nanos, time, "TIME_OF_DAY");
    return (int) (nanos / NANOS_PER_MILLI);
  }

  private static void checkMilliseconds(long nanos, Object time, String type)
      throws UnwritableValueException {
    if (nanos % NANOS_PER_MILLI != 0) {
      throw new UnwritableValueException(
          time + " has parts of a millisecond, which a " + type + " cannot hold");
    }
  }

  private static long sinceEpoch(LocalDateTime time) throws UnwritableValueException {
    Instant instant = time.toInstant(ZoneOffset.UTC);
    BigInteger nanos =
        BigInteger.valueOf(instant.getEpochSecond())
            .multiply(NANOS_PER_SECOND)
            .add(BigInteger.valueOf(instant.getNano()));
    if (nanos.bitLength() >= Long.SIZE) {
      throw new UnwritableValueException(time + "Z does not fit nanoseconds of 64 bits");
    }
    return nanos.longValue();
  }

  /** The last digit of the milliseconds shares a byte with the day of the week. */
  private static void dateAndTime(LocalDateTime time, ByteBuffer memory)
      throws UnwritableValueException {
    if (time.getYear() < 1990 || time.getYear() > 2089) {
      throw new UnwritableValueException(
          time + "Z is not within the years 1990 to 2089 of a DATE_AND_TIME");
    }
    checkMilliseconds(time.getNano(), time, "DATE_AND_TIME");
    int millis = (int) (time.getNano() / NANOS_PER_MILLI);
    memory.put((byte) coded(time.getYear() % 100)).put((byte) coded(time.getMonthValue()));
    memory.put((byte) coded(time.getDayOfMonth())).put((byte) coded(time.getHour()));
    memory.put((byte) coded(time.getMinute())).put((byte) coded(time.getSecond()));
    memory.put((byte) coded(millis / 10)).put((byte) (millis % 10 << 4 | dayOfWeek(time)));
  }

  private static void structuredTime(LocalDateTime time, ByteBuffer memory)
      throws UnwritableValueException {
    if (time.getYear() < 1970 || time.getYear() > 2554) {
      throw new UnwritableValueException(time + "Z is not within the years 1970 to 2554 of a DTL");
    }
    memory.putShort((short) time.getYear()).put((byte) time.getMonthValue());
    memory.put((byte) time.getDayOfMonth()).put((byte) dayOfWeek(time));
    memory.put((byte) time.getHour()).put((byte) time.getMinute()).put((byte) time.getSecond());
    memory.putInt(time.getNano());
  }

  /** Sunday is 1. */
  private static int dayOfWeek(LocalDateTime time) {
    return time.getDayOfWeek().getValue() % 7 + 1;
  }

  /** Up to three binary-coded decimal digits. */
  private static int coded(int number) {
    return ((number / 100) << 8) | ((number / 10 % 10) << 4) | (number % 10);
  }
}
