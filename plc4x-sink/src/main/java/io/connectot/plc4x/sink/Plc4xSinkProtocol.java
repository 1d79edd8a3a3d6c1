// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.driver.Plc4xDriverRegistry;
import io.connectot.plc4x.config.Plc4xConfig;
import io.connectot.plc4x.config.Plc4xLineParser;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The PLCs that are written to. */
public final class Plc4xSinkProtocol implements Protocol {
  private static final Keys KEYS =
      Keys.of(
          Keys.group("PLC4X devices", Plc4xConfig.USERNAME, Plc4xConfig.PASSWORD),
          Keys.group("PLC4X timing", Plc4xConfig.CONNECT_TIMEOUT, Plc4xConfig.REQUEST_TIMEOUT));

  private final Supplier<DriverRegistry> drivers;

  /** Uses the drivers in the plugin's folder. */
  public Plc4xSinkProtocol() {
    this(Plc4xDriverRegistry::shared);
  }

  /** For tests: with other drivers. */
  Plc4xSinkProtocol(Supplier<DriverRegistry> drivers) {
    this.drivers = drivers;
  }

  @Override
  public String name() {
    return "plc4x";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    KEYS.addTo(definition);
  }

  @Override
  public Set<String> tagOptions() {
    return Set.of(Plc4xLineParser.SUBSCRIPTION);
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    Configuration own = new Configuration(config);
    Plc4xConfig.login(own);
    return new Plc4xWritingDriver(own, drivers.get());
  }
}
