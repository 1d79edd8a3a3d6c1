// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.signal;

import java.util.SplittableRandom;

/**
 * A physical quantity as a function of time. Stateless, so that a value can be recomputed from the
 * time of the read. Thread-safe.
 */
@FunctionalInterface
public interface Signal {

  /**
   * The quantity at an instant.
   *
   * @param seconds since the plant was started, 0 or more
   */
  double at(double seconds);

  /** A quantity that oscillates around a mean with a period. */
  static Signal drift(double mean, double amplitude, double periodSeconds) {
    return seconds -> mean + amplitude * Math.sin(2 * Math.PI * seconds / periodSeconds);
  }

  /** A quantity that rises linearly from low to high and falls back within a period. */
  static Signal ramp(double low, double high, double periodSeconds) {
    return seconds -> {
      double phase = (seconds / periodSeconds) % 1;
      double height = phase < 0.5 ? 2 * phase : 2 - 2 * phase;
      return low + (high - low) * height;
    };
  }

  /** A count that increases by one at a fixed number of seconds. */
  static Signal counter(double start, double secondsPerCount) {
    return seconds -> start + Math.floor(seconds / secondsPerCount);
  }

  /** A quantity that is 1 for the first share of every period and 0 for the rest. */
  static Signal pulse(double periodSeconds, double share) {
    return seconds -> (seconds / periodSeconds) % 1 < share ? 1 : 0;
  }

  /**
   * This quantity with measurement noise of at most {@code amplitude}, which changes ten times per
   * second.
   */
  default Signal noisy(double amplitude, int seed) {
    return seconds -> {
      long tick = (long) Math.floor(seconds * 10);
      double error = new SplittableRandom(tick * 31 + seed).nextDouble() * 2 - 1;
      return at(seconds) + amplitude * error;
    };
  }
}
