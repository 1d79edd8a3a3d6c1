// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import io.connectot.core.testing.FreePorts;
import io.connectot.core.testing.Peers;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * An S7 controller: Snap7 in a process of its own. Its memory is kept here too, so that it has the
 * same after a restart. Not thread-safe.
 */
public final class S7Server implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final Map<String, byte[]> areas = new TreeMap<>();
  private final Path script;
  private int port;
  private Process process;
  private BufferedReader output;
  private BufferedWriter input;

  /** As {@link #start}; skips the test when there is no Snap7 on this machine. */
  public static S7Server startOrSkip(Map<String, byte[]> areas) {
    Peers.needSnap7();
    return start(areas);
  }

  /**
   * Starts a controller.
   *
   * @param areas the content of its memory by the name of the area: {@code DB1}, {@code M}, {@code
   *     I}, {@code Q}
   */
  public static S7Server start(Map<String, byte[]> areas) {
    S7Server server = new S7Server(areas);
    server.start();
    return server;
  }

  private S7Server(Map<String, byte[]> areas) {
    areas.forEach((area, content) -> this.areas.put(area, content.clone()));
    try (InputStream source = S7Server.class.getResourceAsStream("s7-server.js")) {
      this.script = Files.createTempFile("s7-server", ".js");
      Files.write(script, source.readAllBytes());
      script.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, on the loopback interface. The same after a restart. */
  public int port() {
    return port;
  }

  /** The memory of an area, to be written to before {@link #update}. */
  public ByteBuffer memory(String area) {
    return ByteBuffer.wrap(areas.get(area));
  }

  /** Makes the controller have what was written to an area. */
  public void update(String area) {
    try {
      tell(area + "=" + HexFormat.of().formatHex(areas.get(area)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an area. */
  public void add(String area, byte[] content) {
    areas.put(area, content.clone());
    update(area);
  }

  /** Takes an area away. */
  public void remove(String area) {
    areas.remove(area);
    try {
      tell(area + "=");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process without warning. */
  public void kill() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again after {@link #kill}, with the same memory and at the same port. */
  public void restart() {
    start();
  }

  @Override
  public void close() {
    kill();
  }

  private void start() {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        launch(port == 0 ? FreePorts.next() : port);
        return;
      } catch (IOException e) {
        last = e;
        kill();
      }
    }
    throw new UncheckedIOException("the S7 server does not start", last);
  }

  private void launch(int candidate) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("node", script.toString(), Integer.toString(candidate));
    builder.environment().put("NODE_PATH", Peers.nodeModules().toString());
    process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    input =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
    for (Map.Entry<String, byte[]> area : areas.entrySet()) {
      tell(area.getKey() + "=" + HexFormat.of().formatHex(area.getValue()));
    }
    tell("start");
    port = candidate;
  }

  private void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
    String answer = output.readLine();
    if (!"ok".equals(answer)) {
      throw new IOException(line.split("=", 2)[0] + ": " + answer);
    }
  }
}
