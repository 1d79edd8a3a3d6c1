// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.opcua.settings.OpcUaSourceConfig;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** OPC UA 1.05, client side, over UA TCP (OPC UA Part 6 §7.2). */
public final class OpcUaProtocol implements Protocol {
  /** The name in records. */
  public static final String NAME = "opcua";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    OpcUaSourceConfig.KEYS.addTo(definition);
  }

  @Override
  public Set<String> tagOptions() {
    return OpcUaSourceConfig.TAG_OPTIONS;
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    Configuration configuration = new Configuration(config);
    OpcUaSourceConfig.check(configuration);
    return OpcUaSourceConfig.makesRows(configuration)
        ? new OpcUaRowDriver(configuration)
        : new OpcUaDriver(configuration);
  }
}
