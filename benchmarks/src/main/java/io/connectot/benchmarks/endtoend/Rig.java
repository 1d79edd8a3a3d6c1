// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import io.connectot.it.fixture.WorkerProcess;
import io.connectot.quickstart.embedded.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices and the broker, each a process, and what is needed to start the process that is
 * measured. For one thread.
 */
final class Rig implements AutoCloseable {
  private final Options options;
  private final Path directory;
  private final PluginFolder plugin;
  private final ChildJvm field;
  private final ChildJvm broker;
  private final Topics topics;

  /**
   * @param partitions of every topic
   */
  Rig(Options options, int devices, int partitions) throws IOException {
    this.options = options;
    this.directory =
        Files.createDirectories(
            options
                .path("directory")
                .toAbsolutePath()
                .resolve(Long.toString(Instant.now().getEpochSecond())));
    this.plugin = PluginFolder.unpack(options.path("plugin"), directory.resolve("plugins"));
    this.field =
        ChildJvm.start(
            FieldServer.class,
            directory.resolve("field.log"),
            List.of("-Xmx256m"),
            Integer.toString(devices));
    this.broker =
        ChildJvm.start(
            BrokerProcess.class,
            directory.resolve("broker.log"),
            List.of("-Xmx1g"),
            directory.resolve("kafka").toString());
    this.topics = new Topics(broker.greeting(), partitions);
  }

  Topics topics() {
    return topics;
  }

  ChildJvm broker() {
    return broker;
  }

  ChildJvm field() {
    return field;
  }

  /** The devices' ports, separated by commas. */
  String ports() {
    return field.greeting();
  }

  /** Starts a bare loop. */
  ChildJvm startBareLoop(Output output, String name) throws IOException {
    return ChildJvm.start(
        BareLoop.class,
        directory.resolve(name + ".log"),
        options.jvmOptions(directory.resolve(name + ".jfr")),
        output.name(),
        broker.greeting(),
        name,
        ports());
  }

  /** Starts a worker that has the packaged plugin and no connector. */
  WorkerProcess startWorker(String name) throws IOException {
    return WorkerProcess.in(directory.resolve(name))
        .bootstrapServers(broker.greeting())
        .plugins(plugin.path())
        .property("group.id", name)
        .property("offset.storage.topic", name + "-offsets")
        .property("config.storage.topic", name + "-configs")
        .property("status.storage.topic", name + "-status")
        .jvmOptions(options.jvmOptions(directory.resolve(name + ".jfr")))
        .start();
  }

  /**
   * The configuration of a connector that reads all devices and reports every value.
   *
   * @param topic a template
   * @param tags its tag lines
   */
  Map<String, String> connector(
      String topic, String layout, Map<String, String> tags, int intervalMs, int tasks) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.modbus.ModbusSourceConnector");
    config.put("tasks.max", Integer.toString(tasks));
    config.put("topic", topic);
    config.put("uns.path", "bench");
    config.put("record.layout", layout);
    config.put("poll.interval.ms", Integer.toString(intervalMs));
    config.put("report", "all");
    String[] ports = ports().split(",");
    for (int i = 0; i < ports.length; i++) {
      config.put("devices." + Topics.device(i), "tcp://127.0.0.1:" + ports[i] + "?unit=1");
    }
    config.putAll(tags);
    return config;
  }

  /** Where this run keeps its logs and recordings. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    topics.close();
    broker.close();
    field.close();
  }
}
