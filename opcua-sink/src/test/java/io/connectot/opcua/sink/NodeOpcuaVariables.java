// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.testing.FreePorts;
import io.connectot.core.testing.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server of node-opcua in a process of its own, which says what its variables hold. */
final class NodeOpcuaVariables implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final int port;

  /**
   * Starts the server.
   *
   * @param version {@code current} or {@code older}
   * @param directory for its certificates
   */
  NodeOpcuaVariables(String version, Path directory) throws IOException {
    Path modules = Peers.needNodeOpcua(version);
    port = FreePorts.next();
    process =
        new ProcessBuilder(
                "node",
                Path.of("src/test/peers/node-opcua/server.js").toAbsolutePath().toString(),
                modules.toString(),
                Integer.toString(port),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    output = process.inputReader(StandardCharsets.UTF_8);
    line("ready");
  }

  String url() {
    return "opc.tcp://localhost:" + port;
  }

  /** What a variable holds, as the server has it. */
  JsonNode value(String variable) throws IOException {
    process.getOutputStream().write((variable + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return new ObjectMapper().readTree(line("value ").substring("value ".length()));
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
