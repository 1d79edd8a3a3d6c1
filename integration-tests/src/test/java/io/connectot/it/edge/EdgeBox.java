// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.edge;

import static org.awaitility.Awaitility.await;

import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An edge box: the archive unpacked, with a configuration, run by its own program. For one thread.
 */
final class EdgeBox implements AutoCloseable {
  /** A limit for busy machines. */
  static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final List<String> PROCESSES = List.of("kafka", "worker", "uplink");

  private final Path home;
  private final Path directory;
  private final int kafkaPort = Ports.free();
  private final int restPort = Ports.free();
  private final int uplinkPort = Ports.free();
  private final Map<String, String> config = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ConnectRest worker = new ConnectRest("http://127.0.0.1:" + restPort);
  private final ConnectRest uplink = new ConnectRest("http://127.0.0.1:" + uplinkPort);

  /**
   * @param home the folder of the unpacked archive
   * @param directory for configuration and data
   * @param more keys of the configuration
   */
  EdgeBox(Path home, Path directory, Map<String, String> more) throws IOException {
    this.home = home.toAbsolutePath();
    this.directory = Files.createDirectories(directory).toAbsolutePath();
    config.put("edge.name", "box1");
    config.put("data.dir", "data");
    config.put("kafka.port", Integer.toString(kafkaPort));
    config.put("kafka.controller.port", Integer.toString(Ports.free()));
    config.put("rest.port", Integer.toString(restPort));
    config.put("uplink.rest.port", Integer.toString(uplinkPort));
    config.putAll(more);
    writeConfig();
  }

  private void writeConfig() throws IOException {
    Path file = directory.resolve("edge.properties");
    Files.write(
        file,
        config.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Unpacks the archive of the build into a new folder; returns the folder of the program. */
  static Path unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path archive = Path.of(System.getProperty("edge.archive"));
    Result result =
        execute(
            List.of("tar", "xzf", archive.toString(), "-C", folder.toString()),
            Duration.ofMinutes(1));
    if (result.exit() != 0) {
      throw new IOException("tar failed: " + result.output());
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.findFirst().orElseThrow();
    }
  }

  /**
   * What a program did.
   *
   * @param exit its exit code
   * @param output what it printed
   */
  record Result(int exit, String output) {}

  /** Runs {@code bin/ot-edge} with the configuration and returns when it has ended. */
  Result run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/ot-edge").toString());
    command.add("-c");
    command.add(directory.resolve("edge.properties").toString());
    command.addAll(List.of(arguments));
    return execute(command, START_LIMIT);
  }

  private static Result execute(List<String> command, Duration limit) throws IOException {
    Path output = Files.createTempFile("edge", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " did not end in " + limit);
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(output);
    }
  }

  /** Starts all processes and returns when both workers take requests. */
  void start() throws IOException {
    Result result = run("start");
    if (result.exit() != 0) {
      throw new IOException("the box does not start: " + result.output());
    }
    awaitReady();
  }

  /** Waits until both workers take requests. */
  void awaitReady() {
    await("the worker").atMost(START_LIMIT).until(worker::isReady);
    await("the uplink").atMost(START_LIMIT).until(uplink::isReady);
  }

  /** Waits until the status has a line that begins with a text. */
  void awaitStatus(String line, Duration limit) {
    await("status " + line)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> status().stream().anyMatch(each -> each.startsWith(line)));
  }

  /** The lines of the status that the uplink wrote last. */
  List<String> status() throws IOException {
    Path file = directory.resolve("data/run/status");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** The value of a line of the status. */
  long statusNumber(String key) throws IOException {
    return status().stream()
        .filter(line -> line.startsWith(key + ": "))
        .mapToLong(line -> Long.parseLong(line.substring(key.length() + 2).split(" ", 2)[0]))
        .findFirst()
        .orElse(-1);
  }

  /** The value of a figure that the worker shows to Prometheus. */
  long metric(String name) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/edge/metrics"))
            .build();
    try {
      String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return text.lines()
          .filter(line -> line.startsWith(name + "{edge=\"box1\"} "))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + text));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The id of a process. */
  long pid(String process) {
    try {
      return Long.parseLong(
          Files.readString(directory.resolve("data/run/" + process + ".pid")).trim());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills a process with SIGKILL; the box starts it again. Returns when it has ended. */
  void kill(String process) {
    ProcessHandle handle = ProcessHandle.of(pid(process)).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
  }

  /** Ends a process with SIGTERM; the box starts it again. Returns when it has ended. */
  void restart(String process) {
    ProcessHandle handle = ProcessHandle.of(pid(process)).orElseThrow();
    handle.destroy();
    handle.onExit().join();
  }

  /** Waits until other processes than these run. */
  void awaitOther(String process, long pid) {
    await("another " + process).atMost(START_LIMIT).until(() -> pid(process) != pid);
  }

  /** The resident memory of all processes, in bytes. */
  long memory() throws IOException {
    long sum = 0;
    for (String process : PROCESSES) {
      Path status = Path.of("/proc/" + pid(process) + "/status");
      if (Files.exists(status)) {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmRSS:")) {
            sum += 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
          }
        }
      }
    }
    return sum;
  }

  /** The size of Kafka's files, in bytes. */
  long disk() {
    try (Stream<Path> files = Files.walk(directory.resolve("data/kafka"))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  /** The files that the box wrote. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** The worker with the connectors. */
  ConnectRest worker() {
    return worker;
  }

  /** The worker that replicates. */
  ConnectRest uplink() {
    return uplink;
  }

  /** The box's Kafka. */
  String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** Ends all processes. */
  void stop() throws IOException {
    Result result = run("stop");
    if (result.exit() != 0) {
      throw new IOException("the box does not stop: " + result.output());
    }
  }

  @Override
  public void close() throws IOException {
    run("stop");
  }
}
