// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two times the runtime needs: the wall clock, for timestamps and for aligning scans, and a
 * ticker that never jumps, for everything that waits.
 *
 * @param ticker nanoseconds from an arbitrary origin, as {@link System#nanoTime}
 */
public record Clock(InstantSource wall, LongSupplier ticker) {
  /** The clock of this machine. */
  public static final Clock SYSTEM = new Clock(InstantSource.system(), System::nanoTime);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Now, in nanoseconds since the epoch. */
  public long epochNanos() {
    Instant now = wall.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }

  /** Now, by the ticker. */
  public long tick() {
    return ticker.getAsLong();
  }

  /** The instant of an epoch time in nanoseconds. */
  public static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }

  /** How long until the wall clock next shows a whole multiple of the interval; never 0. */
  public long nanosToNextMultiple(long intervalNanos) {
    return intervalNanos - Math.floorMod(epochNanos(), intervalNanos);
  }
}
