// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import io.connectot.opcua.config.OpcUaClientConfig;
import io.connectot.opcua.config.TagLineParser;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** OPC UA 1.05, client side, as far as it writes (OPC UA Part 4 §5.11.4 and §5.12.2). */
public final class OpcUaSinkProtocol implements Protocol {
  @Override
  public String name() {
    return "opcua";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    OpcUaClientConfig.KEYS.addTo(definition);
  }

  /** Those of the source, so that both can have the same tag list. */
  @Override
  public Set<String> tagOptions() {
    return TagLineParser.OPTIONS;
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    Configuration own = new Configuration(config);
    OpcUaClientConfig.check(own);
    return new OpcUaWritingDriver(own);
  }
}
