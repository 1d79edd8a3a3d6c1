// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Tallies, which are asked for their counts or send them on their own. */
public final class TallyProtocol implements Protocol {
  private static final String MODE = "tally.mode";
  private static final String POLLED = "polled";
  private static final String STREAMED = "streamed";

  /** As {@link #STREAMED}; the session recognises messages that come again. */
  private static final String REDELIVERED = "redelivered";

  static final String TIMEOUT = "tally.timeout.ms";

  @Override
  public String name() {
    return "tally";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    definition.define(
        MODE,
        ConfigDef.Type.STRING,
        POLLED,
        ValidString.in(POLLED, STREAMED, REDELIVERED),
        Importance.MEDIUM,
        "Whether tallies are asked for their counts, or send them on their own.");
    defineTimeout(definition);
  }

  static void defineTimeout(ConfigDef definition) {
    definition.define(
        TIMEOUT,
        ConfigDef.Type.LONG,
        1000L,
        Range.atLeast(1),
        Importance.LOW,
        "How long to wait for an answer, in milliseconds.");
  }

  @Override
  public Set<String> tagOptions() {
    return Set.of();
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    return switch (config.getString(MODE)) {
      case STREAMED -> new TallyStreamingDriver(Optional.empty());
      case REDELIVERED -> new TallyStreamingDriver(Optional.of(new ConcurrentHashMap<>()));
      default -> new TallyPollingDriver(Duration.ofMillis(config.getLong(TIMEOUT)));
    };
  }
}
