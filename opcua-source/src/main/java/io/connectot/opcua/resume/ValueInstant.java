// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;

/** Instants in OPC UA's own unit: ticks of 100 ns since 1601 (OPC UA Part 6 §5.2.2.5). */
public final class ValueInstant {
  private static final long EPOCH_TICKS = 116_444_736_000_000_000L;
  private static final long NANOS_PER_TICK = 100;
  private static final long TICKS_PER_SECOND = 10_000_000L;

  private ValueInstant() {}

  /**
   * When a value held: its source time, else its server time, else when it was received.
   *
   * @param receivedNanos epoch nanoseconds
   */
  public static long ticks(DataValue value, long receivedNanos) {
    DateTime time = value.sourceTime();
    if (time == null || time.isNull()) {
      time = value.serverTime();
    }
    return time == null || time.isNull() ? fromNanos(receivedNanos) : time.utcTime();
  }

  /** Ticks of epoch nanoseconds. */
  public static long fromNanos(long epochNanos) {
    return EPOCH_TICKS + Math.floorDiv(epochNanos, NANOS_PER_TICK);
  }

  /** Ticks of an instant. */
  static long fromInstant(Instant instant) {
    return EPOCH_TICKS
        + Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), TICKS_PER_SECOND),
            instant.getNano() / NANOS_PER_TICK);
  }

  /** The instant of ticks. */
  public static Instant instant(long ticks) {
    long sinceEpoch = ticks - EPOCH_TICKS;
    return Instant.ofEpochSecond(
        Math.floorDiv(sinceEpoch, TICKS_PER_SECOND),
        Math.floorMod(sinceEpoch, TICKS_PER_SECOND) * NANOS_PER_TICK);
  }

  /** What a source timestamp has beyond its tick, in units of 10 ps. */
  public static int picoseconds(DataValue value) {
    return value.sourcePicoseconds() == null ? 0 : value.sourcePicoseconds().intValue();
  }
}
