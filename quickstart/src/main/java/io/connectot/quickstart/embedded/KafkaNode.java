// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its KRaft controller in this process, on the loopback interface. It can be
 * stopped and restarted with the same ports and data, which makes Kafka unavailable for a time. For
 * one thread.
 */
public final class KafkaNode implements AutoCloseable {
  private final int port;
  private final int controllerPort;
  private final Path directory;
  private final Properties settings = new Properties();
  private final Map<String, String> more;
  private KafkaRaftServer server;

  /**
   * @param directory the directory of logs and metadata; created and formatted if it is empty
   * @param port the port for clients
   */
  public KafkaNode(Path directory, int port) throws IOException {
    this(directory, port, Map.of());
  }

  /**
   * @param directory the directory of logs and metadata; created and formatted if it is empty
   * @param port the port for clients
   * @param more properties of the broker, which override those of this class
   */
  public KafkaNode(Path directory, int port, Map<String, String> more) throws IOException {
    this.directory = directory.toAbsolutePath();
    this.more = Map.copyOf(more);
    this.port = port;
    this.controllerPort = Ports.free();
    if (!Files.exists(this.directory.resolve("data/meta.properties"))) {
      format();
    }
  }

  /** Changes a setting of the broker, from the next start. */
  public void setting(String key, String value) {
    settings.setProperty(key, value);
  }

  /** Starts the broker and returns when it accepts requests. */
  public void start() {
    if (server != null) {
      throw new IllegalStateException("the broker runs already");
    }
    server = new KafkaRaftServer(KafkaConfig.fromProps(properties(), false), Time.SYSTEM);
    server.startup();
  }

  /** Stops the broker: its port refuses connections until the next {@link #start}. */
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  /** The {@code bootstrap.servers} of clients. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    stop();
  }

  private void format() throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties().store(writer, null);
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "-t", Uuid.randomUuid().toString(), "-c", file.toString(), "--ignore-formatted"
    };
    int exit =
        StorageTool.execute(arguments, new PrintStream(output, true, StandardCharsets.UTF_8));
    if (exit != 0) {
      throw new IOException(
          "cannot format " + directory + ": " + output.toString(StandardCharsets.UTF_8));
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.setProperty("log.dirs", directory.resolve("data").toString());
    properties.setProperty("offsets.topic.num.partitions", "1");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("transaction.state.log.num.partitions", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    properties.setProperty("controlled.shutdown.enable", "false");
    // A limit for busy machines.
    properties.setProperty("initial.broker.registration.timeout.ms", "300000");
    properties.putAll(settings);
    properties.putAll(more);
    return properties;
  }
}
