// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.common;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys that say how often devices are read. */
public final class PollingConfig {
  /** The longest time between two reads of a tag. */
  public static final Duration MAX_INTERVAL = Duration.ofDays(1);

  public static final Key<Duration> POLL_INTERVAL =
      Key.millis("poll.interval.ms", 1000, 1, MAX_INTERVAL)
          .importance(Importance.HIGH)
          .display("Poll interval (ms)")
          .doc(
              "Interval between reads of a tag, in milliseconds, unless its line has an 'interval'."
                  + " Scans are aligned to the clock, so that all devices are read at the same"
                  + " instants.");

  public static final Key<Integer> POLL_THREADS =
      Key.integer("poll.threads", 16, 1, 512)
          .importance(Importance.LOW)
          .display("Poll threads")
          .doc(
              "Maximum connections that a task reads at the same time. A connection that waits for"
                  + " a slow device occupies one thread.");

  public static final Keys KEYS = Keys.group("Polling", POLL_INTERVAL, POLL_THREADS);

  private PollingConfig() {}
}
