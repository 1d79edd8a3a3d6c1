// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The quickstart in a process of its own, as its script starts it. Its output can be read. */
final class QuickstartProcess implements AutoCloseable {
  private static final Path TARGET = Path.of("../../quickstart/target");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  QuickstartProcess(Path plugin, Path directory) throws IOException {
    Files.createDirectories(directory);
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                jar() + ":" + TARGET.resolve("lib") + "/*",
                "io.connectot.quickstart.Quickstart",
                "--plugin",
                plugin.toString(),
                "--directory",
                directory.toString())
            .redirectErrorStream(true)
            .start();
    reader = new Thread(this::read, "quickstart-output");
    reader.setDaemon(true);
    reader.start();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("connect-ot-quickstart-.*\\.jar"))
          .filter(file -> !file.toString().endsWith("-tests.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      // The process was killed.
    }
  }

  /** The lines of its output so far. */
  List<String> lines() {
    return lines;
  }

  /** The same as one text. */
  String text() {
    return String.join("\n", lines);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it as Ctrl-C does, and waits until it has ended. */
  void stop() throws InterruptedException {
    // Process.destroy would close the output before its end.
    process.toHandle().destroy();
    process.waitFor(1, TimeUnit.MINUTES);
    reader.join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
