// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.line.TagTable;
import io.connectot.core.tls.TlsConfig;
import io.connectot.core.tls.TlsFactory;
import io.connectot.modbus.config.TagParser;
import io.connectot.modbus.config.table.VendorTable;
import io.connectot.modbus.transport.TransportConnectionFactory;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Modbus devices that are written to. */
public final class ModbusSinkProtocol implements Protocol {
  @Override
  public String name() {
    return "modbus";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    ModbusSinkConfig.KEYS.addTo(definition);
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
    return new ModbusWritingDriver(
        new Configuration(config), new TransportConnectionFactory(TlsFactory.from(config)::wrap));
  }
}
