// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.runtime;

import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import java.util.Optional;

/**
 * Knows since when a polled device's values are missing. Two kinds of gap are kept apart: an outage
 * begins after the last good scan and ends with the next one; an overrun leaves out single scans
 * while others succeed, and is reported as one gap when scans are on time again. For one thread at
 * a time.
 */
final class GapTracker {
  private static final long NEVER = Long.MIN_VALUE;

  private final Device<?> device;
  private final long fastestIntervalNanos;
  private long lastGoodNanos;

  /** Null when there is no outage. */
  private String outageCause;

  private long overrunFromNanos;
  private long overrunScans;

  /**
   * @param lastGoodNanos when values were last known before this start; empty for never
   */
  GapTracker(Device<?> device, long fastestIntervalNanos, Optional<Long> lastGoodNanos) {
    this.device = device;
    this.fastestIntervalNanos = fastestIntervalNanos;
    this.lastGoodNanos = lastGoodNanos.orElse(NEVER);
    lastGoodNanos.ifPresent(
        nanos -> outageCause = "the connector was not running, or Kafka did not have its records");
  }

  /** Values are missing from the last good scan on; only the first cause counts. */
  void outage(String cause) {
    if (outageCause == null) {
      outageCause = cause;
    }
  }

  /** A scan came late and so {@code scans} were left out before it. */
  void overrun(long scans) {
    if (overrunScans == 0) {
      overrunFromNanos = lastGoodNanos;
    }
    overrunScans += scans;
  }

  /**
   * A scan was answered.
   *
   * @param onTime whether no scan was left out before it
   * @return the gap that ends with it
   */
  Optional<Gap> scanned(long nanos, boolean onTime) {
    Optional<Gap> gap = Optional.empty();
    if (outageCause != null) {
      gap = lastGoodNanos == NEVER ? gap : Optional.of(outageGap(nanos));
      outageCause = null;
      overrunScans = 0;
    } else if (overrunScans > 0 && onTime) {
      gap = overrunFromNanos == NEVER ? gap : Optional.of(overrunGap(nanos));
      overrunScans = 0;
    }
    lastGoodNanos = nanos;
    return gap;
  }

  private Gap outageGap(long nanos) {
    long scans =
        Math.max(0, Math.round((nanos - lastGoodNanos) / (double) fastestIntervalNanos) - 1);
    return gap(lastGoodNanos, nanos, outageCause, scans);
  }

  private Gap overrunGap(long nanos) {
    return gap(
        overrunFromNanos,
        nanos,
        "scans took longer than their interval: raise the interval, or read fewer tags",
        overrunScans);
  }

  private Gap gap(long from, long to, String cause, long scans) {
    return new Gap(
        device,
        Optional.empty(),
        RuntimeClock.instant(from),
        RuntimeClock.instant(to),
        cause,
        scans,
        false);
  }
}
