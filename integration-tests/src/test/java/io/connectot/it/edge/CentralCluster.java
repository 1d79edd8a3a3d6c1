// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.edge;

import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.TcpProxy;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The central Kafka, in its own process, with two listeners: one for the test, and one that only
 * the line to the edge reaches. For one thread.
 */
final class CentralCluster implements AutoCloseable {
  /** The password of the edge. */
  static final String SECRET = "open-sesame-4711";

  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  private final int port = Ports.free();
  private final Path authority;
  private final TcpProxy line;
  private final Process process;

  /** Starts the Kafka of an unpacked edge distribution. */
  CentralCluster(Path home, Path directory) throws IOException {
    Files.createDirectories(directory);
    authority = directory.toAbsolutePath().resolve("ca.pem");
    Path key = directory.toAbsolutePath().resolve("key.p12");
    createKey(key);
    int edgePort = Ports.free();
    line = new TcpProxy(edgePort);
    int controller = Ports.free();
    Path config = directory.resolve("edge.properties");
    Files.write(
        config,
        List.of(
            "edge.name=central",
            "data.dir=data",
            "memory.kafka=384m",
            "disk.limit=20g",
            "kafka.port=" + port,
            "kafka.controller.port=" + controller,
            "kafka.config.listeners=PLAINTEXT://127.0.0.1:"
                + port
                + ",EDGE://127.0.0.1:"
                + edgePort
                + ",CONTROLLER://127.0.0.1:"
                + controller,
            "kafka.config.advertised.listeners=PLAINTEXT://127.0.0.1:"
                + port
                + ",EDGE://127.0.0.1:"
                + line.port(),
            "kafka.config.inter.broker.listener.name=PLAINTEXT",
            "kafka.config.listener.security.protocol.map="
                + "PLAINTEXT:PLAINTEXT,EDGE:SASL_SSL,CONTROLLER:PLAINTEXT",
            "kafka.config.listener.name.edge.sasl.enabled.mechanisms=PLAIN",
            "kafka.config.listener.name.edge.plain.sasl.jaas.config="
                + LOGIN
                + " user_box1=\""
                + SECRET
                + "\";",
            "kafka.config.listener.name.edge.ssl.keystore.type=PKCS12",
            "kafka.config.listener.name.edge.ssl.keystore.location=" + key,
            "kafka.config.listener.name.edge.ssl.keystore.password=" + SECRET,
            "kafka.config.listener.name.edge.ssl.key.password=" + SECRET));
    ProcessBuilder builder =
        new ProcessBuilder(
                home.resolve("bin/ot-edge").toAbsolutePath().toString(),
                "-c",
                config.toAbsolutePath().toString(),
                "run",
                "kafka")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("kafka.out").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process = builder.start();
    try {
      await("the central Kafka")
          .atMost(EdgeBox.START_LIMIT)
          .failFast("it has ended", () -> !process.isAlive())
          .until(() -> !Ports.isFree(port));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The line between the edge and this cluster. */
  TcpProxy line() {
    return line;
  }

  /** The section of the edge's configuration for this cluster. */
  Map<String, String> edgeKeys() {
    return Map.of(
        "central.bootstrap.servers",
        "127.0.0.1:" + line.port(),
        "central.security.protocol",
        "SASL_SSL",
        "central.sasl.mechanism",
        "PLAIN",
        "central.sasl.jaas.config",
        LOGIN + " username=\"box1\" password=\"" + SECRET + "\";",
        "central.ssl.truststore.type",
        "PEM",
        "central.ssl.truststore.location",
        authority.toString());
  }

  private void createKey(Path key) throws IOException {
    keytool(
        key,
        List.of(
            "-genkeypair",
            "-alias",
            "central",
            "-keyalg",
            "EC",
            "-dname",
            "CN=central",
            "-ext",
            "san=ip:127.0.0.1",
            "-validity",
            "30"));
    keytool(
        key, List.of("-exportcert", "-alias", "central", "-rfc", "-file", authority.toString()));
  }

  private static void keytool(Path store, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", SECRET));
    try {
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IOException("keytool ended with " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** For the test. */
  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    line.close();
  }
}
