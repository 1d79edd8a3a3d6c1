// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say how often devices are read. */
public final class PollingConfig {
  public static final String POLL_INTERVAL_MS = "poll.interval.ms";
  public static final String POLL_THREADS = "poll.threads";

  /** The longest time between two reads of a tag. */
  static final Duration MAX_INTERVAL = Duration.ofDays(1);

  private static final String GROUP = "Polling";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public PollingConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static ConfigDef addTo(ConfigDef definition) {
    Option.of(POLL_INTERVAL_MS, ConfigDef.Type.LONG)
        .defaultValue(1000L)
        .validator(Checks.between(1, MAX_INTERVAL.toMillis()))
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Poll interval (ms)")
        .width(Width.SHORT)
        .doc(
            "How often a tag is read, in milliseconds, unless its line has an 'interval'. Scans are"
                + " aligned to the clock, so that all devices are read at the same instants.")
        .addTo(definition);
    Option.of(POLL_THREADS, ConfigDef.Type.INT)
        .defaultValue(16)
        .validator(Checks.between(1, 512))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Poll threads")
        .width(Width.SHORT)
        .doc(
            "The most connections that a task reads at the same time. A connection that waits for a"
                + " slow device holds one thread.")
        .addTo(definition);
    return definition;
  }

  /** How often a tag is read unless its line says otherwise. */
  public Duration pollInterval() {
    return Duration.ofMillis(config.getLong(POLL_INTERVAL_MS));
  }

  /** The most connections read at the same time. */
  public int pollThreads() {
    return config.getInt(POLL_THREADS);
  }
}
