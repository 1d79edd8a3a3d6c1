// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import io.connectot.it.fixture.WorkerProcess;
import io.connectot.quickstart.embedded.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The Kafka broker in its own process, and methods that start the measured process. For one thread.
 */
public class KafkaRig implements AutoCloseable {
  private final BenchmarkOptions options;
  private final Path directory;
  private final PluginFolder plugin;

  /** Null without {@code --former}. */
  private final PluginFolder former;

  private boolean usesFormer;
  private final ChildJvm broker;
  private final Topics topics;

  /**
   * @param partitions of every topic
   */
  public KafkaRig(BenchmarkOptions options, int partitions) throws IOException {
    this.options = options;
    this.directory =
        Files.createDirectories(
            options
                .path("directory")
                .toAbsolutePath()
                .resolve(Long.toString(Instant.now().getEpochSecond())));
    this.plugin = PluginFolder.unpack(options.path("plugin"), directory.resolve("plugins"));
    this.former =
        options.has("former")
            ? PluginFolder.unpack(options.path("former"), directory.resolve("former"))
            : null;
    this.broker =
        ChildJvm.start(
            BrokerProcess.class,
            directory.resolve("broker.log"),
            List.of("-Xmx1g"),
            directory.resolve("kafka").toString());
    this.topics = new Topics(broker.greeting(), partitions);
  }

  /**
   * Whether there is a former version of the plugin to compare with, which has a turn as this
   * contender.
   */
  public final boolean hasFormer(String contender) {
    List<String> only = options.words("former-only", List.of());
    return former != null && (only.isEmpty() || only.contains(contender.toLowerCase(Locale.ROOT)));
  }

  /** The turns of a round: those of all contenders, and of the former versions of connectors. */
  public final <C extends Enum<C>> List<Turn<C>> turns(
      List<C> contenders, Predicate<C> isConnector) {
    List<Turn<C>> turns = new ArrayList<>();
    for (C contender : contenders) {
      turns.add(Turn.of(contender));
      if (isConnector.test(contender) && hasFormer(contender.name())) {
        turns.add(Turn.former(contender));
      }
    }
    return turns;
  }

  /** Sets the plugin of the next workers. */
  public final void useFormer(boolean isFormer) {
    usesFormer = isFormer;
  }

  /** Settings of connectors that the command line adds. */
  public final Map<String, String> addedSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : options.words("set", List.of())) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }

  public final Topics topics() {
    return topics;
  }

  public final ChildJvm broker() {
    return broker;
  }

  /** The directory of the logs and recordings of this run. */
  public final Path directory() {
    return directory;
  }

  /**
   * Starts a measured process.
   *
   * @param name the name of its log and recording
   */
  public final ChildJvm startMeasured(Class<?> main, String name, String... arguments)
      throws IOException {
    return ChildJvm.start(
        main,
        directory.resolve(name + ".log"),
        options.jvmOptions(directory.resolve(name + ".jfr")),
        arguments);
  }

  /** Starts a worker with the packaged plugin and without a connector. */
  public final WorkerProcess startWorker(String name) throws IOException {
    return worker(name).start();
  }

  /** The same, to change what tests set otherwise than Kafka does. */
  public final WorkerProcess.Builder worker(String name) throws IOException {
    return WorkerProcess.in(directory.resolve(name))
        .bootstrapServers(broker.greeting())
        .plugins((usesFormer ? former : plugin).path())
        .property("group.id", name)
        .property("offset.storage.topic", name + "-offsets")
        .property("config.storage.topic", name + "-configs")
        .property("status.storage.topic", name + "-status")
        .jvmOptions(options.jvmOptions(directory.resolve(name + ".jfr")));
  }

  @Override
  public void close() {
    topics.close();
    broker.close();
  }
}
