// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/**
 * A distributed Connect worker in this process, which ends only by {@link #close}. For one thread,
 * but {@link #close} for any.
 */
public final class ConnectWorker implements AutoCloseable {
  private final Connect<?> connect;
  private final ConnectRest rest;

  /**
   * Starts a worker; it takes requests some moments later.
   *
   * @param bootstrapServers the Kafka it works for
   * @param pluginPath the folder of its plugins
   * @param restPort where its REST API listens, on the loopback interface
   */
  public ConnectWorker(String bootstrapServers, Path pluginPath, int restPort) {
    this.rest = new ConnectRest("http://127.0.0.1:" + restPort);
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("plugin.path", pluginPath.toString());
    properties.put("plugin.discovery", "service_load");
    properties.put("listeners", rest.url());
    properties.put("group.id", "connect");
    properties.put("offset.storage.topic", "connect-offsets");
    properties.put("offset.storage.partitions", "1");
    properties.put("offset.storage.replication.factor", "1");
    properties.put("config.storage.topic", "connect-configs");
    properties.put("config.storage.replication.factor", "1");
    properties.put("status.storage.topic", "connect-status");
    properties.put("status.storage.partitions", "1");
    properties.put("status.storage.replication.factor", "1");
    properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("value.converter.schemas.enable", "false");
    // A busy machine is waited for.
    properties.put("default.api.timeout.ms", "300000");
    // Its own hook would stop it beside close(), which could then not wait for that any more.
    Exit.setShutdownHookAdder((name, hook) -> {});
    try {
      this.connect = new ConnectDistributed().startConnect(properties);
    } finally {
      Exit.resetShutdownHookAdder();
    }
  }

  /** The worker's REST API. */
  public ConnectRest rest() {
    return rest;
  }

  /** Stops the worker and its tasks and returns when they have ended. */
  @Override
  public void close() {
    connect.stop();
    connect.awaitStop();
  }
}
