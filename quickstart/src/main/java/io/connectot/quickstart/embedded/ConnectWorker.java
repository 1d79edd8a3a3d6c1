// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/**
 * A distributed Connect worker in this process, which runs until {@link #close}. For one thread,
 * except {@link #close}, which is thread-safe.
 */
public final class ConnectWorker implements AutoCloseable {
  private final Connect<?> connect;
  private final ConnectRest rest;

  /**
   * Starts a worker, which accepts requests some moments later.
   *
   * @param bootstrapServers the Kafka cluster of the worker
   * @param plugins its plugins; its console runs if they have one
   * @param restPort the port of its REST API, on the loopback interface
   */
  public ConnectWorker(String bootstrapServers, PluginFolder plugins, int restPort) {
    this(bootstrapServers, plugins, restPort, Map.of());
  }

  /**
   * Starts a worker as above.
   *
   * @param pages more REST extensions, with the title and address of their pages for the console
   */
  public ConnectWorker(
      String bootstrapServers, PluginFolder plugins, int restPort, Map<String, String> pages) {
    this.rest = new ConnectRest("http://127.0.0.1:" + restPort);
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("plugin.path", plugins.path().toString());
    properties.put("plugin.discovery", "service_load");
    properties.put("listeners", rest.url());
    if (plugins.hasConsole()) {
      List<String> extensions = new ArrayList<>(List.of("io.connectot.console.OtConsole"));
      extensions.addAll(pages.keySet());
      properties.put("rest.extension.classes", String.join(",", extensions));
      properties.put("ot.console.links", String.join(",", pages.values()));
      properties.put("ot.console.allow.changes", "true");
      properties.put("ot.console.allow.discovery", "true");
    }
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
    // A limit for busy machines.
    properties.put("default.api.timeout.ms", "300000");
    // The worker's own shutdown hook would run concurrently with close(), which could then not wait
    // for the worker.
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
