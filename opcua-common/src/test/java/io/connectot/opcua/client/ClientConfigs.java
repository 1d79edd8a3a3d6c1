// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.opcua.config.ClientSettings;
import io.connectot.opcua.config.OpcUaClientConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Settings from keys, as a connector gets them. */
final class ClientConfigs {
  private ClientConfigs() {}

  /** The defaults, with a folder of certificates, and patient with busy machines. */
  static ClientSettings of(Path pki, String... keysAndValues) {
    Map<String, String> keys = new HashMap<>();
    keys.put("name", "press-shop");
    keys.put("opcua.pki.dir", pki.toString());
    keys.put("opcua.connect.timeout.ms", "60000");
    keys.put("opcua.request.timeout.ms", "60000");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    ConfigDef definition = new ConfigDef();
    OpcUaClientConfig.addTo(definition);
    return OpcUaClientConfig.settings(new AbstractConfig(definition, keys, Map.of(), false));
  }
}
