// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Keys;

/** The keys of a client: connection, security, identity. */
public final class OpcUaClientConfig {
  public static final Keys KEYS =
      Keys.of(OpcUaConnectionConfig.KEYS, OpcUaSecurityConfig.KEYS, OpcUaIdentityConfig.KEYS);

  private OpcUaClientConfig() {}

  /**
   * Checks the keys against each other.
   *
   * @throws org.apache.kafka.common.config.ConfigException when they contradict each other, naming
   *     one of them
   */
  public static void check(Configuration config) {
    OpcUaSecurityConfig.check(config);
    OpcUaIdentityConfig.check(config);
  }
}
