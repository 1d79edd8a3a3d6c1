// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Mosquitto from the package of the operating system, configured for many messages: it sends 1,000
 * before the first is acknowledged (its default is 20), its queue is unlimited, and it sends
 * without delay.
 */
public final class MosquittoProcess implements AutoCloseable {
  /** The number of QoS 1 messages sent to a subscriber before the first acknowledgement. */
  static final int WINDOW = 1000;

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final int port = Ports.free();
  private final Process process;

  /** Starts the broker; returns when it accepts connections. */
  public MosquittoProcess(Path program, Path directory) throws IOException {
    Path file = directory.resolve("mosquitto.conf");
    Files.write(
        file,
        List.of(
            "listener " + port + " 127.0.0.1",
            "allow_anonymous true",
            "max_inflight_messages " + WINDOW,
            "max_queued_messages 0",
            // Otherwise the broker waits up to 40 ms for the TCP acknowledgement of the previous
            // message.
            "set_tcp_nodelay true",
            "persistence false"));
    process =
        new ProcessBuilder(program.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("mosquitto.log").toFile())
            .start();
    Awaitility.await("mosquitto to take connections")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(this::takesConnections);
  }

  /** The path of the program; empty if it is not installed. */
  public static Optional<Path> program() {
    return Stream.concat(
            Stream.of("/usr/sbin", "/usr/local/sbin"),
            Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)))
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public int port() {
    return port;
  }

  /** The address for clients. */
  public String url() {
    return "tcp://127.0.0.1:" + port;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private boolean takesConnections() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
