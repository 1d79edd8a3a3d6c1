// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.line.TagTable;
import io.connectot.core.tls.TlsConfig;
import io.connectot.core.tls.TlsFactory;
import io.connectot.modbus.config.TagParser;
import io.connectot.modbus.config.table.VendorTable;
import io.connectot.modbus.transport.ModbusConnectionFactory;
import io.connectot.modbus.transport.TransportConnectionFactory;
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
    return TagParser.OPTIONS;
  }

  @Override
  public TagTable tagTable() {
    return new VendorTable();
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    return new ModbusDriver(new Configuration(config), connectionFactories.apply(config), clock);
  }

  static ModbusConnectionFactory connections(AbstractConfig config) {
    return new TransportConnectionFactory(TlsFactory.from(config)::wrap);
  }
}
