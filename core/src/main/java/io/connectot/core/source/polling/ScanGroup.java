// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Point;
import java.util.List;

/**
 * The points of one device that share an interval, and when they are due. For one thread at a time.
 *
 * @param <A> the protocol's own tag address
 */
final class ScanGroup<A> {
  private final List<Point<A>> points;
  private final long intervalNanos;

  /** By the ticker. */
  private long dueTick;

  /** What the last scan's records took; a guess until there was one. */
  private long expectedBytes;

  ScanGroup(List<Point<A>> points, long intervalNanos, long firstTick, long expectedBytes) {
    this.points = List.copyOf(points);
    this.intervalNanos = intervalNanos;
    this.dueTick = firstTick;
    this.expectedBytes = expectedBytes;
  }

  List<Point<A>> points() {
    return points;
  }

  long intervalNanos() {
    return intervalNanos;
  }

  long dueTick() {
    return dueTick;
  }

  void dueAt(long tick) {
    dueTick = tick;
  }

  boolean isDue(long tick) {
    return dueTick - tick <= 0;
  }

  /**
   * Moves on to the next aligned instant after {@code tick}.
   *
   * @return how many whole intervals passed since the scan was due, i.e. how many scans were missed
   */
  long advance(Clock clock) {
    // Read before the ticker: a thread that is held up in between comes late once, and not early,
    // which would be a second scan at the same instant.
    long toNext = clock.nanosToNextMultiple(intervalNanos);
    long tick = clock.tick();
    long missed = Math.max(0, (tick - dueTick) / intervalNanos);
    dueTick = tick + toNext;
    return missed;
  }

  long expectedBytes() {
    return expectedBytes;
  }

  void expectBytes(long bytes) {
    expectedBytes = Math.max(bytes, expectedBytes);
  }
}
