// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.opcua.config.ValueSettings.TimestampSource;
import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * Times of OPC UA: 100 ns ticks since 1601 (OPC UA Part 6 §5.2.2.5), refined by picoseconds in
 * steps of 10 (Part 4 §7.11). Thread-safe.
 */
public final class SourceTime {
  /** No time. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final long EPOCH_SECONDS = 11_644_473_600L;
  private static final long EPOCH_TICKS = EPOCH_SECONDS * TICKS_PER_SECOND;

  /** The last tick whose nanoseconds since 1970 fit 64 bits: in the year 2262. */
  private static final long LAST_TICKS = EPOCH_TICKS + Long.MAX_VALUE / 100 - 1;

  private static final Instant FIRST = Instant.parse("1601-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final long MAX_TICKS = (LAST.getEpochSecond() + EPOCH_SECONDS) * TICKS_PER_SECOND;

  private SourceTime() {}

  /**
   * When a value held, epoch nanoseconds: the first of source time, server time and time of receipt
   * that {@code from} allows and that is a time from 1970 to 2262.
   */
  public static long nanos(DataValue value, TimestampSource from, long receivedNanos) {
    long nanos = UNKNOWN;
    if (from == TimestampSource.SOURCE) {
      nanos = nanos(value.sourceTime(), value.sourcePicoseconds());
    }
    if (nanos == UNKNOWN && from != TimestampSource.RECEIVE) {
      nanos = nanos(value.serverTime(), value.serverPicoseconds());
    }
    return nanos == UNKNOWN ? receivedNanos : nanos;
  }

  /** A time, epoch nanoseconds; {@code otherwise} when it is none from 1970 to 2262. */
  public static long nanos(DateTime time, long otherwise) {
    long nanos = nanos(time, null);
    return nanos == UNKNOWN ? otherwise : nanos;
  }

  /**
   * A time in epoch nanoseconds; {@link #UNKNOWN} when it is none from 1970 to 2262.
   *
   * @param time may be null
   * @param picoseconds tens of picoseconds, may be null; more than 9999 are no more than that
   */
  static long nanos(DateTime time, UShort picoseconds) {
    if (time == null || time.utcTime() < EPOCH_TICKS || time.utcTime() > LAST_TICKS) {
      return UNKNOWN;
    }
    long nanos = (time.utcTime() - EPOCH_TICKS) * 100;
    return picoseconds == null ? nanos : nanos + Math.min(9_999, picoseconds.intValue()) / 100;
  }

  /** A time as value; what is before 1601 or after 9999 is the first and the last of these. */
  static Instant instant(DateTime time) {
    long ticks = time.utcTime();
    if (ticks <= 0) {
      return FIRST;
    }
    if (ticks >= MAX_TICKS) {
      return LAST;
    }
    return Instant.ofEpochSecond(
        ticks / TICKS_PER_SECOND - EPOCH_SECONDS, ticks % TICKS_PER_SECOND * 100);
  }
}
