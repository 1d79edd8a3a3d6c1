// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.filter;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Decides, by each tag's {@link io.connectot.core.model.ReportPolicy}, which values are worth a
 * record, and remembers in their {@link Point}s what was reported. The caller must deliver what a
 * method returns, so it must have room for it already.
 *
 * <p>A point turns BAD once: while it stays BAD it is only repeated as heartbeat, in either mode
 * and across {@link #reset}.
 *
 * <p>For one thread at a time, with a happens-before edge between calls.
 */
public final class ReportFilter {
  /** How often {@link #reset} was called. */
  private long generation;

  /** The points reported since then; null when they are not asked for. */
  private final Collection<Point<?>> reportedPoints;

  /** A filter of points that its caller knows. */
  public ReportFilter() {
    this(false);
  }

  /**
   * @param listsPoints whether {@link #allBad(long, String, long)} is to be called, for which the
   *     filter keeps the points that it sees
   */
  public ReportFilter(boolean listsPoints) {
    this.reportedPoints = listsPoints ? new LinkedHashSet<>() : null;
  }

  /**
   * What of a scan is to be reported.
   *
   * @param scan measurements of points that no other filter sees
   * @param tick now, by the ticker
   * @return {@code scan} itself when all of it is, else the reported part in its order
   */
  public List<Measurement> report(List<Measurement> scan, long tick) {
    int size = scan.size();
    List<Measurement> reported = null;
    for (int i = 0; i < size; i++) {
      Measurement measurement = scan.get(i);
      boolean report = report(measurement, tick);
      if (reported != null) {
        if (report) {
          reported.add(measurement);
        }
      } else if (!report) {
        reported = new ArrayList<>(size);
        for (int j = 0; j < i; j++) {
          reported.add(scan.get(j));
        }
      }
    }
    return reported == null ? scan : reported;
  }

  /**
   * Whether a measurement is to be reported.
   *
   * @param tick now, by the ticker: heartbeats do not depend on the wall clock
   */
  public boolean report(Measurement measurement, long tick) {
    TagHistory history = history(measurement.point());
    boolean first = !history.isReportedIn(generation);
    boolean report = history.report(measurement, tick, generation);
    if (first && report && reportedPoints != null) {
      reportedPoints.add(measurement.point());
    }
    return report;
  }

  /**
   * Makes the next value of every point count as new, as after an outage. A point that was reported
   * BAD and still is stays silent.
   */
  public void reset() {
    generation++;
    if (reportedPoints != null) {
      reportedPoints.clear();
    }
  }

  /**
   * As {@link #allBad(Collection, long, String, long)}, for the points reported since the last
   * reset.
   */
  public List<Measurement> allBad(long nanos, String status, long tick) {
    return allBad(reportedPoints, nanos, status, tick);
  }

  /**
   * Turns points BAD because their device is away.
   *
   * @param nanos the instant, epoch nanoseconds
   * @param status why, as the BAD measurements carry it
   * @param tick now, by the ticker
   * @return a BAD measurement for each point that is not BAD already, possibly none
   */
  public List<Measurement> allBad(
      Collection<? extends Point<?>> points, long nanos, String status, long tick) {
    List<Measurement> turned = new ArrayList<>(points.size());
    for (Point<?> point : points) {
      TagHistory history = history(point);
      if (history.quality() != Quality.BAD) {
        Measurement bad = Measurement.bad(point, nanos, status);
        history.remember(bad, tick, generation);
        turned.add(bad);
      }
    }
    return turned;
  }

  private TagHistory history(Point<?> point) {
    if (point.history() instanceof TagHistory known && known.isOf(this)) {
      return known;
    }
    TagHistory history = new TagHistory(this, point.tag());
    point.history(history);
    return history;
  }
}
