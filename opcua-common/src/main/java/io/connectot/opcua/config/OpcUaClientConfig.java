// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The keys of a client: connection, security, identity. */
public final class OpcUaClientConfig {
  private OpcUaClientConfig() {}

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    OpcUaConnectionConfig.addTo(definition);
    OpcUaSecurityConfig.addTo(definition);
    OpcUaIdentityConfig.addTo(definition);
  }

  /**
   * Reads the keys from a configuration whose definition has them.
   *
   * @throws org.apache.kafka.common.config.ConfigException when keys contradict each other
   */
  public static ClientSettings settings(AbstractConfig config) {
    return new ClientSettings(
        new OpcUaConnectionConfig(config).settings(),
        new OpcUaSecurityConfig(config).settings(),
        new OpcUaIdentityConfig(config).settings());
  }
}
