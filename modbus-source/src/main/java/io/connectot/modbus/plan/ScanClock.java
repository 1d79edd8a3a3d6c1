// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two times a scan needs: the wall clock for timestamps, and a ticker that never jumps for
 * everything that waits.
 *
 * @param ticker nanoseconds from an arbitrary origin, as {@link System#nanoTime}
 */
public record ScanClock(InstantSource wall, LongSupplier ticker) {
  /** The clocks of this machine. */
  public static final ScanClock SYSTEM = new ScanClock(InstantSource.system(), System::nanoTime);

  /** Now, in nanoseconds since the epoch. */
  long epochNanos() {
    Instant now = wall.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** Now, by the ticker. */
  long tick() {
    return ticker.getAsLong();
  }
}
