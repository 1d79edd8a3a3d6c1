// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** The broker of the box, with its controller, in this process. */
final class KafkaBroker {
  private KafkaBroker() {}

  /** Formats the directory if it is new, and runs the broker until the process is stopped. */
  static void run(EdgeConfig config) throws IOException {
    Properties properties = ProcessProperties.kafka(config);
    Path directory = ProcessProperties.kafkaDirectory(config);
    if (!Files.exists(directory.resolve("meta.properties"))) {
      format(directory, properties);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-stop"));
    server.startup();
    server.awaitShutdown();
  }

  private static void format(Path directory, Properties properties) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolveSibling("kafka-format.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "-t", Uuid.randomUuid().toString(), "-c", file.toString(), "--ignore-formatted"
    };
    int exit =
        StorageTool.execute(arguments, new PrintStream(output, true, StandardCharsets.UTF_8));
    Files.delete(file);
    if (exit != 0) {
      throw new IOException(
          "cannot format " + directory + ": " + output.toString(StandardCharsets.UTF_8));
    }
  }
}
