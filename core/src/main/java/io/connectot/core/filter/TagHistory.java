// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.filter;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.model.ReportPolicy.Mode;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import java.time.Duration;
import java.util.Objects;

/** What was last reported of one point. Used by one {@link ReportFilter}, for its thread. */
final class TagHistory implements Point.History {
  private final ReportFilter owner;
  private final boolean all;
  private final Deadband deadband;

  /** The silence after which a value is repeated; {@link Long#MAX_VALUE} for never. */
  private final long repeatAfterNanos;

  /** The quality last reported; null before the first report. */
  private Quality quality;

  /**
   * The value last reported; null when there was none. Not kept where every value is reported: a
   * reference from an old object to a new one costs the garbage collector more than the comparison.
   */
  private Value value;

  /** The unit of that value; null for none. Not kept where every value is reported. */
  private String unit;

  /** When what was last reported held at the source, epoch nanoseconds. */
  private long timestampNanos;

  /** By the ticker. */
  private long reportedTick;

  /** The generation of the filter when a value was last reported; -1 before. */
  private long generation = -1;

  TagHistory(ReportFilter owner, Tag<?> tag) {
    this.owner = owner;
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

  /** Whether a value was reported in a generation of the filter. */
  boolean isReportedIn(long currentGeneration) {
    return generation == currentGeneration;
  }

  Quality quality() {
    return quality;
  }

  boolean isOf(ReportFilter filter) {
    return owner == filter;
  }

  /**
   * Whether to report it; if so it is remembered. What a source kept from the time before the value
   * last reported is always reported and never remembered: it is not the state of the tag.
   */
  boolean report(Measurement measurement, long tick, long currentGeneration) {
    if (measurement.historical()
        && quality != null
        && measurement.timestampNanos() < timestampNanos) {
      return true;
    }
    boolean report = isChange(measurement, generation != currentGeneration) || isHeartbeat(tick);
    if (report) {
      remember(measurement, tick, currentGeneration);
    }
    return report;
  }

  void remember(Measurement measurement, long tick, long currentGeneration) {
    quality = measurement.quality();
    if (!all) {
      value = measurement.value();
      unit = unit(measurement);
    }
    timestampNanos = measurement.timestampNanos();
    reportedTick = tick;
    generation = currentGeneration;
  }

  private static String unit(Measurement measurement) {
    return measurement.tag().unit().orElse(null);
  }

  private boolean isHeartbeat(long tick) {
    return repeatAfterNanos != Long.MAX_VALUE && tick - reportedTick >= repeatAfterNanos;
  }

  private boolean isChange(Measurement measurement, boolean fresh) {
    if (measurement.quality() == Quality.BAD) {
      return quality != Quality.BAD;
    }
    if (all
        || fresh
        || measurement.quality() != quality
        || !Objects.equals(unit, unit(measurement))) {
      return true;
    }
    Value now = measurement.value();
    if (now == null || value == null) {
      return now != value;
    }
    return Changes.differ(value, now, deadband);
  }
}
