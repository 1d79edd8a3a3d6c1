// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import io.connectot.it.fixture.WorkerProcess;
import io.connectot.quickstart.embedded.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The Kafka broker in its own process, and methods that start the measured process. For one thread.
 */
class KafkaRig implements AutoCloseable {
  private final Options options;
  private final Path directory;
  private final PluginFolder plugin;
  private final ChildJvm broker;
  private final Topics topics;

  /**
   * @param partitions of every topic
   */
  KafkaRig(Options options, int partitions) throws IOException {
    this.options = options;
    this.directory =
        Files.createDirectories(
            options
                .path("directory")
                .toAbsolutePath()
                .resolve(Long.toString(Instant.now().getEpochSecond())));
    this.plugin = PluginFolder.unpack(options.path("plugin"), directory.resolve("plugins"));
    this.broker =
        ChildJvm.start(
            BrokerProcess.class,
            directory.resolve("broker.log"),
            List.of("-Xmx1g"),
            directory.resolve("kafka").toString());
    this.topics = new Topics(broker.greeting(), partitions);
  }

  final Topics topics() {
    return topics;
  }

  final ChildJvm broker() {
    return broker;
  }

  /** The directory of the logs and recordings of this run. */
  final Path directory() {
    return directory;
  }

  /**
   * Starts a measured process.
   *
   * @param name the name of its log and recording
   */
  final ChildJvm startMeasured(Class<?> main, String name, String... arguments) throws IOException {
    return ChildJvm.start(
        main,
        directory.resolve(name + ".log"),
        options.jvmOptions(directory.resolve(name + ".jfr")),
        arguments);
  }

  /** Starts a worker with the packaged plugin and without a connector. */
  final WorkerProcess startWorker(String name) throws IOException {
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

  @Override
  public void close() {
    topics.close();
    broker.close();
  }
}
