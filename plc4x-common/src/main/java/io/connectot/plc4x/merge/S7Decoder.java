// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes values from the memory of an S7 controller. */
final class S7Decoder {
  private static final LocalDate DATE_ORIGIN = LocalDate.of(1990, 1, 1);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private S7Decoder() {}

  /**
   * Decodes the value of a tag.
   *
   * @param memory bytes that contain the whole tag
   * @param origin the number of the first byte of {@code memory} in the tag's area
   * @return without an object when the bytes are not valid for the type, e.g. a date with month 13
   * @throws IllegalArgumentException when a text is longer than its place
   */
  static RawValue decode(S7Address address, byte[] memory, int origin) {
    int at = address.start() - origin;
    if (!address.array()) {
      return new RawValue(address.type().plcType(), one(address, memory, at, address.bit()));
    }
    if (address.type() == S7Type.BYTE) {
      return new RawValue(
          PlcType.RAW_BYTE_ARRAY, Arrays.copyOfRange(memory, at, at + address.count()));
    }
    int stride = address.type().stride(address.length());
    List<RawValue> elements = new ArrayList<>(address.count());
    for (int i = 0; i < address.count(); i++) {
      int bit = address.bit() + i;
      Object element =
          address.type() == S7Type.BOOL
              ? one(address, memory, at + bit / 8, bit % 8)
              : one(address, memory, at + i * stride, 0);
      elements.add(new RawValue(address.type().plcType(), element));
    }
    return new RawValue(PlcType.LIST, elements);
  }

  private static Object one(S7Address address, byte[] memory, int at, int bit) {
    return switch (address.type()) {
      case BOOL -> (memory[at] >> bit & 1) == 1;
      case BYTE, USINT -> (short) unsigned8(memory, at);
      case SINT -> memory[at];
      case WORD, UINT -> unsigned16(memory, at);
      case INT -> (short) unsigned16(memory, at);
      case DWORD, UDINT -> unsigned32(memory, at);
      case DINT -> signed32(memory, at);
      case LWORD, ULINT -> new BigInteger(1, Arrays.copyOfRange(memory, at, at + 8));
      case LINT -> bits64(memory, at);
      case REAL -> Float.intBitsToFloat(signed32(memory, at));
      case LREAL -> Double.longBitsToDouble(bits64(memory, at));
      case CHAR -> new String(memory, at, 1, StandardCharsets.ISO_8859_1);
      case WCHAR -> new String(memory, at, 2, StandardCharsets.UTF_16BE);
      case STRING -> string(memory, at, address.length());
      case WSTRING -> wideString(memory, at, address.length());
      case S5TIME -> s5Time(memory, at);
      case TIME -> Duration.ofMillis(signed32(memory, at));
      case LTIME -> Duration.ofNanos(bits64(memory, at));
      case DATE -> DATE_ORIGIN.plusDays(unsigned16(memory, at));
      case TIME_OF_DAY -> timeOfDay(unsigned32(memory, at) * 1_000_000);
      case LTIME_OF_DAY -> timeOfDay(bits64(memory, at));
      case DATE_AND_TIME -> dateAndTime(memory, at);
      case DATE_AND_LTIME -> sinceEpoch(bits64(memory, at));
      case DTL -> structuredTime(memory, at);
    };
  }

  private static int unsigned8(byte[] memory, int at) {
    return memory[at] & 0xFF;
  }

  private static int unsigned16(byte[] memory, int at) {
    return unsigned8(memory, at) << 8 | unsigned8(memory, at + 1);
  }

  private static int signed32(byte[] memory, int at) {
    return unsigned16(memory, at) << 16 | unsigned16(memory, at + 2);
  }

  private static long unsigned32(byte[] memory, int at) {
    return Integer.toUnsignedLong(signed32(memory, at));
  }

  private static long bits64(byte[] memory, int at) {
    return unsigned32(memory, at) << 32 | unsigned32(memory, at + 4);
  }

  /** One byte maximum length, one byte length, then the characters. */
  private static String string(byte[] memory, int at, int length) {
    int used = used(unsigned8(memory, at + 1), unsigned8(memory, at), length);
    return new String(memory, at + 2, used, StandardCharsets.ISO_8859_1);
  }

  /** As {@link #string}, with two bytes each. */
  private static String wideString(byte[] memory, int at, int length) {
    int used = used(unsigned16(memory, at + 2), unsigned16(memory, at), length);
    return new String(memory, at + 4, 2 * used, StandardCharsets.UTF_16BE);
  }

  /**
   * The length of a text.
   *
   * @param maximum the maximum length in the memory
   * @param length the maximum length in the address
   * @throws IllegalArgumentException when the memory is not a text or is longer than the address
   *     says, so that the value would be a part of the text
   */
  private static int used(int used, int maximum, int length) {
    if (used > Math.min(maximum, length)) {
      throw new IllegalArgumentException(
          "the text has the length "
              + used
              + " and the maximum "
              + maximum
              + "; its address has the maximum "
              + length);
    }
    return used;
  }

  /** Bits 12 and 13 are the time base, 10 ms to 10 s; the other bits are three decimal digits. */
  private static Duration s5Time(byte[] memory, int at) {
    int digits = decimal(unsigned8(memory, at) & 0x0F);
    int rest = decimal(unsigned8(memory, at + 1));
    if (digits < 0 || rest < 0) {
      return null;
    }
    long millis = 10;
    for (int base = unsigned8(memory, at) >> 4 & 3; base > 0; base--) {
      millis *= 10;
    }
    return Duration.ofMillis((digits * 100L + rest) * millis);
  }

  private static LocalTime timeOfDay(long nanos) {
    return nanos >= 0 && nanos < Duration.ofDays(1).toNanos() ? LocalTime.ofNanoOfDay(nanos) : null;
  }

  private static LocalDateTime sinceEpoch(long nanos) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND),
        (int) Math.floorMod(nanos, NANOS_PER_SECOND),
        ZoneOffset.UTC);
  }

  /** Binary-coded decimal: year from 1990 on, month, day, hour, minute, second, milliseconds. */
  private static LocalDateTime dateAndTime(byte[] memory, int at) {
    int[] fields = new int[7];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = decimal(unsigned8(memory, at + i));
      if (fields[i] < 0) {
        return null;
      }
    }
    int lastDigit = unsigned8(memory, at + 7) >> 4;
    if (lastDigit > 9) {
      return null;
    }
    int year = fields[0] < 90 ? 2000 + fields[0] : 1900 + fields[0];
    int nanos = (fields[6] * 10 + lastDigit) * 1_000_000;
    return dateTime(year, fields[1], fields[2], fields[3], fields[4], fields[5], nanos);
  }

  /** Year, month, day, day of the week, hour, minute, second, nanoseconds, all binary. */
  private static LocalDateTime structuredTime(byte[] memory, int at) {
    return dateTime(
        unsigned16(memory, at),
        unsigned8(memory, at + 2),
        unsigned8(memory, at + 3),
        unsigned8(memory, at + 5),
        unsigned8(memory, at + 6),
        unsigned8(memory, at + 7),
        unsigned32(memory, at + 8));
  }

  private static LocalDateTime dateTime(
      int year, int month, int day, int hour, int minute, int second, long nanos) {
    try {
      return LocalDateTime.of(
          year, month, day, hour, minute, second, (int) Math.min(nanos, Integer.MAX_VALUE));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Two binary-coded decimal digits; negative when invalid. */
  private static int decimal(int coded) {
    int tens = coded >> 4;
    int ones = coded & 0x0F;
    return tens > 9 || ones > 9 ? -1 : 10 * tens + ones;
  }
}
