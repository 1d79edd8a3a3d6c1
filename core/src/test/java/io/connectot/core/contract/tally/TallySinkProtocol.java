// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Tallies whose counts are set. */
public final class TallySinkProtocol implements Protocol {
  @Override
  public String name() {
    return "tally";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    TallyProtocol.defineTimeout(definition);
  }

  @Override
  public Set<String> tagOptions() {
    return Set.of();
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    return new TallyWritingDriver(Duration.ofMillis(config.getLong(TallyProtocol.TIMEOUT)));
  }
}
