// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** How devices encode a date and time: {@code format=}. */
public enum DateTimeFormat {
  /** Seconds since 1970 UTC in an unsigned 32-bit number. The default. */
  EPOCH_S(2),
  /** Seconds since 1970 UTC in a signed 64-bit number. */
  EPOCH_S64(4),
  /** Milliseconds since 1970 UTC in a signed 64-bit number. */
  EPOCH_MS(4),
  /** Year, month, day, hour, minute, second: one register each, in the time zone {@code zone=}. */
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

  int registers() {
    return registers;
  }

  /** Whether it is a number since 1970, to which byte orders apply and time zones do not. */
  boolean isEpoch() {
    return this == EPOCH_S || this == EPOCH_S64 || this == EPOCH_MS;
  }

  /** The instant of a number since 1970; null when its year is not 0 to 9999. */
  Instant epoch(long raw) {
    long seconds = this == EPOCH_MS ? Math.floorDiv(raw, 1000) : raw;
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
      return null;
    }
    return this == EPOCH_MS ? Instant.ofEpochMilli(raw) : Instant.ofEpochSecond(raw);
  }

  /** The instant of a calendar date; null when there is no such date. */
  Instant calendar(byte[] data, int start, ZoneId zone) {
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
        time = LocalDateTime.of(first, second, third, fourth, minute, register(data, start, 5));
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

  private static int register(byte[] data, int start, int index) {
    return (data[start + 2 * index] & 0xFF) << 8 | (data[start + 2 * index + 1] & 0xFF);
  }
}
