// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The {@code opcua.*} keys, put together from the fragments beside this class. */
public final class OpcUaConfig {
  /** The options of a tag line that are OPC UA's own, among them the server's own deadband. */
  public static final Set<String> TAG_OPTIONS =
      Set.of("sampling", "queue", "discard", "trigger", "deadband", "index.range", "skip.first");

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    OpcUaConnectionConfig.addTo(definition);
    OpcUaSecurityConfig.addTo(definition);
    OpcUaIdentityConfig.addTo(definition);
    OpcUaSubscriptionConfig.addTo(definition);
    OpcUaResumeConfig.addTo(definition);
    OpcUaBrowseConfig.addTo(definition);
    OpcUaValueConfig.addTo(definition);
    OpcUaEventConfig.addTo(definition);
  }

  /**
   * How connections to servers are made.
   *
   * @throws org.apache.kafka.common.config.ConfigException when keys contradict each other
   */
  public ClientSettings client() {
    return new ClientSettings(
        new OpcUaConnectionConfig(config).settings(),
        new OpcUaSecurityConfig(config).settings(),
        new OpcUaIdentityConfig(config).settings());
  }

  /** How nodes are read. */
  public SubscriptionSettings subscription() {
    return new OpcUaSubscriptionConfig(config).settings();
  }

  /** How values are found that the connector was not there to receive. */
  public ResumeSettings resume() {
    return new OpcUaResumeConfig(config).settings();
  }

  /** What reads tag lines. */
  public TagLines tagLines() {
    return new TagLines();
  }

  /** Which nodes need no tag lines. */
  public OpcUaBrowseConfig browse() {
    return new OpcUaBrowseConfig(config);
  }

  /** How values become values of records. */
  public ValueSettings values() {
    return new OpcUaValueConfig(config).settings();
  }

  /**
   * Which events and alarms become records.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a key cannot be read
   */
  public EventSettings events() {
    return new OpcUaEventConfig(config).settings();
  }

  /** Whether nodes are found by browsing, so that no tag line is needed. */
  public boolean browses() {
    return browse().findsNodes();
  }
}
