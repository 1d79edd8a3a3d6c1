// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations of the OPC UA connector. */
public final class OpcUaSetup {
  private OpcUaSetup() {}

  /**
   * A connector with one task and one device, {@code plant}, that writes to the Kafka topic {@code
   * name} and its states to {@code <name>.status} and gaps to {@code <name>.gaps}; without tags.
   */
  public static Map<String, String> connector(String name, String url) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.opcua.OpcUaSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", name);
    config.put("status.topic", name + ".status");
    config.put("gap.topic", name + ".gaps");
    // Tests count the changes of states.
    config.put("status.heartbeat.ms", "86400000");
    config.put("devices.plant", url);
    config.put("opcua.pki.dir", "target/pki");
    config.put("opcua.trust.auto.accept", "true");
    config.put("opcua.auth.type", "username");
    config.put("opcua.auth.username", "operator");
    config.put("opcua.auth.password", "secret-of-the-operator");
    config.put("opcua.publishing.interval.ms", "200");
    config.put("opcua.sampling.interval.ms", "50");
    config.put("opcua.queue.size", "1000");
    config.put("opcua.connect.timeout.ms", "5000");
    config.put("opcua.session.timeout.ms", "10000");
    config.put("opcua.keepalive.interval.ms", "1000");
    // A busy test machine can exceed the limit of 5 s.
    config.put("validate.connection", "false");
    config.put("reconnect.backoff.ms", "200");
    config.put("reconnect.backoff.max.ms", "2000");
    return config;
  }
}
