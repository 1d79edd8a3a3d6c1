// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;

/** How devices encode a date and time: {@code format=}. */
public enum DateTimeFormat {
  /** Seconds since 1970 UTC in an unsigned 32-bit number. The default. */
  EPOCH_S(2),
  /** Seconds since 1970 UTC in a signed 64-bit number. */
  EPOCH_S64(4),
  /** Milliseconds since 1970 UTC in a signed 64-bit number. */
  EPOCH_MS(4),
  /**
   * Year, or year since 2000, month, day, hour, minute, second: one register each, in the time zone
   * {@code zone=}.
   */
  YMDHMS(6),
  /**
   * The date and time of IEC 60870-5-4 in four registers, as in power meters: year since 2000 (7
   * bits); month (4 bits) and day (5 bits); hour (5 bits) and minute (6 bits); milliseconds of the
   * minute. In the time zone {@code zone=}. BAD if its invalid flag is set.
   */
  IEC870(4),

  /** One byte each: year since 2000, month, day, hour, minute, second. */
  PACKED(3),

  /** As {@link #PACKED}, two decimal digits in each byte. */
  BCD(3),

  /** One byte each: month, day, year since 1900 or since 2000, hour, minute, second. */
  MDYHMS(3);

  /** Years outside of 0 to 9999 have no common ISO-8601 form. */
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final int registers;

  DateTimeFormat(int registers) {
    this.registers = registers;
  }

  public int registers() {
    return registers;
  }

  /** Whether it is a number since 1970, to which byte orders apply and time zones do not. */
  public boolean isEpoch() {
    return this == EPOCH_S || this == EPOCH_S64 || this == EPOCH_MS;
  }

  /** The instant of a number since 1970; null when its year is not 0 to 9999. */
  public Instant epoch(long raw) {
    long seconds = this == EPOCH_MS ? Math.floorDiv(raw, 1000) : raw;
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
      return null;
    }
    return this == EPOCH_MS ? Instant.ofEpochMilli(raw) : Instant.ofEpochSecond(raw);
  }

  /** The instant of a calendar date; null when there is no such date. */
  public Instant calendar(byte[] data, int start, ZoneId zone) {
    if (registers == 3) {
      return packed(data, start, zone);
    }
    int first = register(data, start, 0);
    int second = register(data, start, 1);
    int third = register(data, start, 2);
    int fourth = register(data, start, 3);
    try {
      LocalDateTime time;
      if (this == YMDHMS) {
        int minute = register(data, start, 4);
        // Some devices leave the century out.
        int year = first < 100 ? 2000 + first : first;
        time = LocalDateTime.of(year, second, third, fourth, minute, register(data, start, 5));
      } else {
        if ((third & 0x80) != 0) {
          return null;
        }
        time =
            LocalDateTime.of(
                2000 + (first & 0x7F),
                second >> 8 & 0x0F,
                second & 0x1F,
                third >> 8 & 0x1F,
                third & 0x3F,
                fourth / 1000,
                fourth % 1000 * 1_000_000);
      }
      return time.getYear() > 9999 ? null : time.atZone(zone).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Instant packed(byte[] data, int start, ZoneId zone) {
    int[] fields = new int[6];
    for (int i = 0; i < fields.length; i++) {
      int octet = data[start + i] & 0xFF;
      if (this == BCD && (octet >> 4 > 9 || (octet & 0xF) > 9)) {
        return null;
      }
      fields[i] = this == BCD ? 10 * (octet >> 4) + (octet & 0xF) : octet;
    }
    boolean monthFirst = this == MDYHMS;
    int year = fields[monthFirst ? 2 : 0];
    // Meters count from 1900 where their documentation was written before 2000.
    int century = monthFirst && year >= 100 ? 1900 : 2000;
    try {
      return LocalDateTime.of(
              century + year,
              fields[monthFirst ? 0 : 1],
              fields[monthFirst ? 1 : 2],
              fields[3],
              fields[4],
              fields[5])
          .atZone(zone)
          .toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * The number of an instant since 1970.
   *
   * @throws UnencodableValueException when the instant is finer than the format
   */
  public long number(Instant instant) throws UnencodableValueException {
    checkFraction(instant);
    return this == EPOCH_MS ? instant.toEpochMilli() : instant.getEpochSecond();
  }

  private void checkFraction(Instant instant) throws UnencodableValueException {
    boolean millis = this == EPOCH_MS || this == IEC870;
    if (instant.get(ChronoField.NANO_OF_SECOND) % (millis ? 1_000_000 : 1_000_000_000) != 0) {
      throw new UnencodableValueException(
          "the format has no parts of a " + (millis ? "millisecond" : "second") + ": " + instant);
    }
  }

  /**
   * Encodes an instant as a calendar date: the inverse of {@link #calendar}.
   *
   * @throws UnencodableValueException when it has no such date
   */
  public void encode(Instant instant, ZoneId zone, byte[] data, int start)
      throws UnencodableValueException {
    checkFraction(instant);
    LocalDateTime time = LocalDateTime.ofInstant(instant, zone);
    int year = time.getYear();
    int since2000 = year - 2000;
    int last = this == IEC870 ? 127 : this == PACKED ? 255 : 99;
    if (this == YMDHMS ? year < 100 || year > 9999 : since2000 < 0 || since2000 > last) {
      throw new UnencodableValueException("the format has no year " + year);
    }
    if (!time.atZone(zone).withEarlierOffsetAtOverlap().toInstant().equals(instant)) {
      throw new UnencodableValueException(
          time + " is there twice, when daylight saving time ends; the second one has no date");
    }
    int[] fields = {
      since2000,
      time.getMonthValue(),
      time.getDayOfMonth(),
      time.getHour(),
      time.getMinute(),
      time.getSecond()
    };
    switch (this) {
      case YMDHMS -> {
        fields[0] = year;
        for (int i = 0; i < fields.length; i++) {
          put(fields[i], data, start, i);
        }
      }
      case IEC870 -> {
        put(since2000, data, start, 0);
        put(fields[1] << 8 | fields[2], data, start, 1);
        put(fields[3] << 8 | fields[4], data, start, 2);
        put(1000 * fields[5] + time.get(ChronoField.MILLI_OF_SECOND), data, start, 3);
      }
      case MDYHMS ->
          bytes(data, start, fields[1], fields[2], fields[0], fields[3], fields[4], fields[5]);
      default -> {
        for (int i = 0; i < fields.length; i++) {
          fields[i] = this == BCD ? ((fields[i] / 10) << 4) | (fields[i] % 10) : fields[i];
        }
        bytes(data, start, fields);
      }
    }
  }

  private static void bytes(byte[] data, int start, int... fields) {
    for (int i = 0; i < fields.length; i++) {
      data[start + i] = (byte) fields[i];
    }
  }

  private static void put(int word, byte[] data, int start, int index) {
    data[start + 2 * index] = (byte) (word >> 8);
    data[start + 2 * index + 1] = (byte) word;
  }

  private static int register(byte[] data, int start, int index) {
    return (data[start + 2 * index] & 0xFF) << 8 | (data[start + 2 * index + 1] & 0xFF);
  }
}
