// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.filter;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import java.time.Duration;

/** What was last reported of one tag of one device. Owned by its {@link ReportFilter}. */
final class TagHistory {
  private final boolean all;
  private final Deadband deadband;

  /** The silence after which a value is repeated; {@link Long#MAX_VALUE} for never. */
  private final long repeatAfterNanos;

  /** The quality last reported; null before the first report. */
  private Quality quality;

  /** The value last reported; null when there was none, and after {@link #forgetValue}. */
  private Value value;

  private long reportedNanos;
  private boolean fresh = true;

  TagHistory(Tag<?> tag) {
    ReportPolicy policy = tag.report();
    this.all = policy.mode() == Mode.ALL;
    this.deadband = policy.deadband();
    this.repeatAfterNanos =
        policy.heartbeat().map(h -> repeatAfter(h, tag.interval())).orElse(Long.MAX_VALUE);
  }

  /**
   * Scans jitter: one that comes a moment before the heartbeat is due would miss it by a whole
   * interval, so a value counts as due from half an interval before.
   */
  private static long repeatAfter(Duration heartbeat, Duration interval) {
    long slack = Math.min(interval.toNanos(), heartbeat.toNanos()) / 2;
    return heartbeat.toNanos() - slack;
  }

  Quality quality() {
    return quality;
  }

  /** Whether to report it; if so it is remembered. */
  boolean report(Measurement measurement) {
    boolean report = isNews(measurement) || isHeartbeat(measurement);
    if (report) {
      remember(measurement);
    }
    return report;
  }

  void remember(Measurement measurement) {
    quality = measurement.quality();
    value = measurement.value();
    reportedNanos = measurement.receivedNanos();
    fresh = false;
  }

  /** Makes the next measurement news, unless it is BAD again. */
  void forgetValue() {
    fresh = true;
    value = null;
  }

  private boolean isHeartbeat(Measurement measurement) {
    return repeatAfterNanos != Long.MAX_VALUE
        && measurement.receivedNanos() - reportedNanos >= repeatAfterNanos;
  }

  private boolean isNews(Measurement measurement) {
    if (measurement.quality() == Quality.BAD) {
      return quality != Quality.BAD;
    }
    if (all || fresh || measurement.quality() != quality) {
      return true;
    }
    Value now = measurement.value();
    if (now == null || value == null) {
      return now != value;
    }
    return Changes.differ(value, now, deadband);
  }
}
