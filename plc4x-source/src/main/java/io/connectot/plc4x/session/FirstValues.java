// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.StreamSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Orders the values that a session reads at its start and those that the device sends in the
 * meantime: a value that was read is delivered unless the device has sent one since. Thread-safe.
 */
final class FirstValues {
  private final ReentrantLock lock = new ReentrantLock();

  /** The points that the device has notified, and whether with a value. Guarded by the lock. */
  private final Map<Point<?>, Boolean> notified = new HashMap<>();

  private volatile boolean complete;

  /** Delivers what a device has sent. Waits while values that were read are delivered. */
  void deliverNotified(List<Measurement> values, StreamSink sink) throws InterruptedException {
    if (complete) {
      sink.deliverEvents(values);
      return;
    }
    lock.lockInterruptibly();
    try {
      values.forEach(
          value ->
              notified.merge(value.point(), value.quality() != Quality.BAD, Boolean::logicalOr));
      sink.deliverEvents(values);
    } finally {
      lock.unlock();
    }
  }

  /** Those of the points without a value, to be read now: what is read is newer than their BAD. */
  List<Point<Plc4xTag>> missing(List<Point<Plc4xTag>> points) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Point<Plc4xTag>> missing = new ArrayList<>(points);
      missing.removeIf(point -> notified.getOrDefault(point, false));
      notified.keySet().removeAll(missing);
      return missing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Delivers values that were read, except those of points that were notified since {@link
   * #missing}.
   *
   * @return what was delivered
   */
  List<Measurement> deliverRead(List<Measurement> values, StreamSink sink)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Measurement> first = new ArrayList<>(values);
      first.removeIf(value -> notified.containsKey(value.point()));
      if (!first.isEmpty()) {
        sink.deliverEvents(first);
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the order: nothing more is read. */
  void complete() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      complete = true;
      notified.clear();
    } finally {
      lock.unlock();
    }
  }
}
