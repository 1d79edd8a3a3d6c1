// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import io.connectot.it.fixture.WorkerProcess;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Kafka, a worker with the packaged plugin and its console, and a browser. For one thread. */
final class ConsoleSite implements AutoCloseable {
  /** The longest wait for anything on a page. */
  static final Duration LIMIT = Duration.ofMinutes(1);

  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final KafkaNode kafka;
  private final WorkerProcess worker;
  private final Browser browser;
  private final Path directory;
  private final PluginFolder plugin;
  private final List<String> jvm;

  /**
   * Starts all of them. Skips the test if Chromium is not installed.
   *
   * @param name of the directory for their files
   * @param properties of the worker, in addition to that which switches the console on
   */
  static ConsoleSite start(String name, Map<String, String> properties) throws IOException {
    return start(name, properties, JVM);
  }

  /** The same with other options for the worker's JVM. */
  static ConsoleSite start(String name, Map<String, String> properties, List<String> jvm)
      throws IOException {
    return new ConsoleSite(directory(name), properties, jvm);
  }

  private ConsoleSite(Path directory, Map<String, String> properties, List<String> jvm)
      throws IOException {
    this.directory = directory;
    this.jvm = jvm;
    plugin =
        PluginFolder.unpack(
            Path.of(System.getProperty("plugin.archive")), directory.resolve("plugins"));
    kafka = new KafkaNode(directory.resolve("kafka"), Ports.free());
    kafka.start();
    WorkerProcess.Builder builder =
        worker("worker").property("rest.extension.classes", "io.connectot.console.OtConsole");
    properties.forEach(builder::property);
    worker = builder.start();
    browser = new Browser(worker.rest().url(), LIMIT);
  }

  private WorkerProcess.Builder worker(String name) {
    return WorkerProcess.in(directory.resolve(name))
        .bootstrapServers(kafka.bootstrapServers())
        .plugins(plugin.path())
        .jars(Path.of("../workers/kafka-4.3/target/lib"))
        .jvmOptions(jvm);
  }

  /** Stops the worker, and starts one without the console that takes its connectors over. */
  WorkerProcess replaceWithoutConsole() throws IOException {
    worker.close();
    return worker("without-console").start();
  }

  /** The directory of a test's files. */
  static Path directory(String name) {
    return Path.of("target", "browser", name + "-" + ProcessHandle.current().pid());
  }

  KafkaNode kafka() {
    return kafka;
  }

  WorkerProcess worker() {
    return worker;
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() throws IOException {
    browser.close();
    worker.close();
    kafka.close();
  }
}
