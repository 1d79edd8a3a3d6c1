// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.config.Configuration;
import io.connectot.opcua.config.OpcUaClientConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings from keys, as a connector gets them. */
public final class ClientConfigs {
  private ClientConfigs() {}

  /** The defaults, with a folder of certificates, and patient with busy machines. */
  public static Configuration of(Path pki, String... keysAndValues) {
    Map<String, String> keys = new HashMap<>();
    keys.put("name", "press-shop");
    keys.put("opcua.pki.dir", pki.toString());
    keys.put("opcua.connect.timeout.ms", "60000");
    keys.put("opcua.request.timeout.ms", "60000");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Configuration config = Configuration.parse(OpcUaClientConfig.KEYS.definition(), keys);
    OpcUaClientConfig.check(config);
    return config;
  }
}
