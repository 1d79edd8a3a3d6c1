// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.testing;

import io.connectot.core.config.Configuration;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** Settings of clients for tests. */
public final class TestClients {
  private TestClients() {}

  /**
   * Settings of a client with a clean session.
   *
   * @param more keys and values
   */
  public static MqttClientSettings settings(MqttVersion version, String clientId, String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://unused");
    props.put("mqtt.version", version == MqttVersion.V3 ? "3" : "5");
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
    ConfigDef definition = MqttConnectionConfig.KEYS.definition();
    return new MqttConnectionConfig(Configuration.parse(definition, props)).settings(clientId);
  }
}
