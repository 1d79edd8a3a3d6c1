// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.tls.TlsConfig;
import io.connectot.core.tls.TlsFactory;
import io.connectot.modbus.transport.ModbusConnectionFactory;
import io.connectot.modbus.transport.TransportConnectionFactory;
import io.connectot.modbus.type.CodecParser;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Modbus: Modbus Application Protocol V1.1b3 over TCP, TLS, UDP and serial lines. */
public final class ModbusProtocol implements Protocol {
  /** The protocol's name in records. */
  public static final String NAME = "modbus";

  private final Function<AbstractConfig, ModbusConnectionFactory> connectionFactories;
  private final Clock clock;

  /** Uses real connections. */
  public ModbusProtocol() {
    this(ModbusProtocol::connections, Clock.SYSTEM);
  }

  /** For tests: other connectionFactories than real ones, and another clock. */
  ModbusProtocol(
      Function<AbstractConfig, ModbusConnectionFactory> connectionFactories, Clock clock) {
    this.connectionFactories = connectionFactories;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    ModbusSourceConfig.KEYS.addTo(definition);
    TlsConfig.addTo(definition);
  }

  @Override
  public Set<String> tagOptions() {
    Set<String> options = new HashSet<>(CodecParser.OPTIONS);
    options.add(ModbusDriver.UNIT_ID);
    options.add(ModbusDriver.TABLE);
    options.add(ModbusDriver.SCALE_FROM);
    return Set.copyOf(options);
  }

  @Override
  public Map<String, String> columnAliases() {
    return VendorColumns.ALIASES;
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    return new ModbusDriver(new Configuration(config), connectionFactories.apply(config), clock);
  }

  private static ModbusConnectionFactory connections(AbstractConfig config) {
    return new TransportConnectionFactory(TlsFactory.from(config)::wrap);
  }
}
