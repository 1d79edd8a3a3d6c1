// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.tls.TlsConfig;
import io.connectot.core.tls.TlsFactory;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.plan.ScanClock;
import io.connectot.modbus.transport.LinkFactory;
import io.connectot.modbus.transport.ModbusLinkFactory;
import io.connectot.modbus.type.CodecParser;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Modbus: Modbus Application Protocol V1.1b3 over TCP, TLS, UDP and serial lines. */
public final class ModbusProtocol implements Protocol {
  /** The name in records. */
  public static final String NAME = "modbus";

  private final Function<AbstractConfig, ModbusLinkFactory> links;
  private final ScanClock clock;

  /** Speaks over real connections. */
  public ModbusProtocol() {
    this(ModbusProtocol::connections, ScanClock.SYSTEM);
  }

  /** For tests: other links than real ones, and another clock. */
  ModbusProtocol(Function<AbstractConfig, ModbusLinkFactory> links, ScanClock clock) {
    this.links = links;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    ModbusConfig.addTo(definition);
    TlsConfig.addTo(definition);
  }

  @Override
  public Set<String> tagOptions() {
    Set<String> options = new HashSet<>(CodecParser.OPTIONS);
    options.add(ModbusDriver.UNIT_ID);
    return Set.copyOf(options);
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    return new ModbusDriver(new ModbusConfig(config), links.apply(config), clock);
  }

  private static ModbusLinkFactory connections(AbstractConfig config) {
    return new LinkFactory(TlsFactory.from(config)::wrap);
  }
}
