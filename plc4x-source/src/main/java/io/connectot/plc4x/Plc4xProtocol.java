// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.driver.Plc4xDriverRegistry;
import io.connectot.plc4x.config.Plc4xLineParser;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The protocols of Apache PLC4X. */
public final class Plc4xProtocol implements Protocol {
  /** The prefix of the keys; followed by {@code :<driver>}, the protocol's name in records. */
  public static final String NAME = "plc4x";

  private final Supplier<DriverRegistry> drivers;

  /** Uses the drivers in the plugin's folder. */
  public Plc4xProtocol() {
    this(Plc4xDriverRegistry::shared);
  }

  /** For tests: with other drivers. */
  Plc4xProtocol(Supplier<DriverRegistry> drivers) {
    this.drivers = drivers;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    Plc4xSourceConfig.KEYS.addTo(definition);
  }

  @Override
  public Set<String> tagOptions() {
    return Set.of(Plc4xLineParser.SUBSCRIPTION);
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    Configuration own = new Configuration(config);
    Plc4xSourceConfig.check(own);
    return own.get(Plc4xSourceConfig.MODE) == Mode.POLL
        ? new Plc4xPollingDriver(own, drivers.get())
        : new Plc4xStreamingDriver(own, drivers.get());
  }
}
