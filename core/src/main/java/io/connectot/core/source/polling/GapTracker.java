// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.spi.DeviceProgress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Knows since when a polled device's values are missing. Two kinds of gap are kept apart: an outage
 * begins after the last good scan and ends with the next one; an overrun leaves out single scans
 * while others succeed, and is reported as one gap when scans are on time again, or every minute
 * when they never are. An outage takes in the overrun before it. For one thread at a time.
 */
final class GapTracker {
  private static final long NEVER = Long.MIN_VALUE;
  private static final String SET_BACK =
      "; the worker's clock was set back meanwhile, so that it is not known when the gap began";
  private static final long LONGEST_OVERRUN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Device<?> device;
  private final long fastestIntervalNanos;
  private long lastGoodNanos;

  /** Null when there is no outage. */
  private String outageCause;

  private long overrunFromNanos;
  private long overrunScans;

  /** Why scans are slow; null when it is not known. */
  private String delayCause;

  /**
   * @param lastGoodNanos when values were last known before this start; empty for never
   */
  GapTracker(Device<?> device, long fastestIntervalNanos, Optional<Long> lastGoodNanos) {
    this.device = device;
    this.fastestIntervalNanos = fastestIntervalNanos;
    this.lastGoodNanos = lastGoodNanos.orElse(NEVER);
    lastGoodNanos.ifPresent(nanos -> outageCause = DeviceProgress.NOT_RUNNING);
  }

  /** Values are missing from the last good scan on; only the first cause counts. */
  void outage(String cause) {
    if (outageCause == null) {
      outageCause = cause;
    }
  }

  /**
   * A scan was answered.
   *
   * @param oldestNanos when the first of its values was received
   * @param newestNanos when the last of its values was received
   * @param missed how many scans were left out because it came late
   * @return the gap that ends with it
   */
  Optional<Gap> scanned(long oldestNanos, long newestNanos, long missed) {
    boolean known = lastGoodNanos != NEVER;
    Optional<Gap> gap = Optional.empty();
    if (known && outageCause != null) {
      gap = Optional.of(outageGap(oldestNanos));
    } else if (known) {
      gap = overrun(oldestNanos, missed);
    }
    if (gap.isPresent()) {
      overrunScans = 0;
      delayCause = null;
    }
    outageCause = null;
    lastGoodNanos = newestNanos;
    return gap;
  }

  private Gap outageGap(long nanos) {
    long scans =
        Math.max(0, Math.round((nanos - lastGoodNanos) / (double) fastestIntervalNanos) - 1);
    long from = overrunScans > 0 ? overrunFromNanos : lastGoodNanos;
    return gap(from, nanos, outageCause, overrunScans + scans);
  }

  private Optional<Gap> overrun(long nanos, long missed) {
    if (missed > 0 && overrunScans == 0) {
      overrunFromNanos = lastGoodNanos;
    }
    overrunScans += missed;
    boolean over = missed == 0 || nanos - overrunFromNanos >= LONGEST_OVERRUN_NANOS;
    return overrunScans > 0 && over
        ? Optional.of(
            gap(
                overrunFromNanos,
                nanos,
                delayCause == null
                    ? "scans took longer than their interval: raise the interval, or read fewer"
                        + " tags"
                    : "scans took longer than their interval: " + delayCause,
                overrunScans))
        : Optional.empty();
  }

  /** Scans are slow for a reason; it is the cause of the next gap by overrun. */
  void delayed(String cause) {
    delayCause = cause;
  }

  private Gap gap(long from, long to, String cause, long scans) {
    boolean setBack = to < from;
    return new Gap(
        device,
        Optional.empty(),
        setBack ? null : Clock.instant(from),
        Clock.instant(to),
        setBack ? cause + SET_BACK : cause,
        OptionalLong.of(scans),
        false);
  }
}
