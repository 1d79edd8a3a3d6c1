// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.testing.FreePorts;
import io.connectot.core.testing.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server of node-opcua in a process of its own, with counters that count on their own. */
final class NodeOpcuaServer implements CountingServer {
  private final Process process;
  private final BufferedReader output;
  private final int port;

  /**
   * Starts the server.
   *
   * @param version {@code current} or {@code older}
   * @param directory for its certificates
   * @param rate changes per second
   */
  NodeOpcuaServer(String version, Path directory, int rate) throws IOException {
    this(version, directory, rate, "{}");
  }

  /**
   * Starts a server that allows little.
   *
   * @param limits of its capabilities, as JSON
   */
  NodeOpcuaServer(String version, Path directory, int rate, String limits) throws IOException {
    Path modules = Peers.needNodeOpcua(version);
    port = FreePorts.next();
    process =
        new ProcessBuilder(
                "node",
                Path.of("src/test/peers/node-opcua/server.js").toAbsolutePath().toString(),
                modules.toString(),
                Integer.toString(port),
                directory.toString(),
                Integer.toString(rate),
                limits)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    output = process.inputReader(StandardCharsets.UTF_8);
    line("ready");
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String path() {
    return "";
  }

  @Override
  public String address(int counter) {
    return "ns=1;s=C" + counter;
  }

  @Override
  public String user() {
    return "kafka";
  }

  @Override
  public String password() {
    return "secret";
  }

  @Override
  public int subscriptions() {
    try {
      return count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int count() throws IOException {
    send("subscriptions");
    return Integer.parseInt(line("subscriptions ").split(" ", -1)[1]);
  }

  @Override
  public long[] stopCounting() throws IOException {
    send("stop");
    String[] numbers = line("stopped ").substring("stopped ".length()).split(",", -1);
    long[] last = new long[numbers.length];
    for (int i = 0; i < last.length; i++) {
      last[i] = Long.parseLong(numbers[i]);
    }
    return last;
  }

  private void send(String command) throws IOException {
    process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private String line(String prefix) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    throw new IOException("the server ended before it said '" + prefix + "'");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
