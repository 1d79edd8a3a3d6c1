// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.plant;

import io.connectot.console.record.PlantRecord.TagValue;
import io.connectot.core.model.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest value of a tag and the values before it, for a chart. One thread writes; any thread
 * reads. A tag keeps few values until it is viewed.
 */
public final class TagState {
  /** How many values a tag keeps that is not viewed. */
  static final int UNWATCHED = 60;

  /** The same where there are many tags. */
  static final int UNWATCHED_OF_MANY = 20;

  private static final int WATCHED = 1_200;
  private static final int MAX_GAPS = 20;

  private TagValue newest; // guarded by this
  private long[] times = new long[8]; // guarded by this
  private double[] values = new double[8]; // guarded by this
  private int count; // guarded by this
  private final int unwatched;
  private int limit; // guarded by this
  private final List<Span> gaps = new ArrayList<>(); // guarded by this

  /** A time without values. */
  public record Span(Instant start, Instant end) {}

  /** A value of the chart; NaN where there is none. */
  public record Point(long millis, double value) {}

  /**
   * A tag without values.
   *
   * @param unwatched how many values it keeps while it is not viewed
   */
  TagState(int unwatched) {
    this.unwatched = unwatched;
    this.limit = unwatched;
  }

  synchronized void accept(TagValue value) {
    if (newest == null || !value.time().isBefore(newest.time())) {
      newest = value;
    }
    boolean usable = value.quality() != Quality.BAD;
    append(value.time().toEpochMilli(), usable ? value.number() : Double.NaN);
  }

  private void append(long millis, double value) {
    if (count == times.length && count < limit) {
      int length = Math.min(limit, count * 2);
      times = Arrays.copyOf(times, length);
      values = Arrays.copyOf(values, length);
    }
    if (count == times.length) {
      System.arraycopy(times, 1, times, 0, count - 1);
      System.arraycopy(values, 1, values, 0, count - 1);
      count--;
    }
    int at = count;
    while (at > 0 && times[at - 1] > millis) {
      times[at] = times[at - 1];
      values[at] = values[at - 1];
      at--;
    }
    times[at] = millis;
    values[at] = value;
    count++;
  }

  synchronized void gap(Instant start, Instant end) {
    gaps.add(new Span(start, end));
    if (gaps.size() > MAX_GAPS) {
      gaps.remove(0);
    }
  }

  /** Keeps more values from now on. */
  synchronized void watch() {
    limit = WATCHED;
  }

  /** Keeps few values again. */
  synchronized void unwatch() {
    limit = unwatched;
    if (times.length > limit) {
      int kept = Math.min(count, limit);
      times = Arrays.copyOf(Arrays.copyOfRange(times, count - kept, count), limit);
      values = Arrays.copyOf(Arrays.copyOfRange(values, count - kept, count), limit);
      count = kept;
    }
  }

  /** The newest value. */
  public synchronized TagValue newest() {
    return newest;
  }

  /** The values of the chart, by time. */
  public synchronized List<Point> points() {
    List<Point> points = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      points.add(new Point(times[i], values[i]));
    }
    return points;
  }

  /** The times without values. */
  public synchronized List<Span> gaps() {
    return List.copyOf(gaps);
  }
}
