// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.embedded.ConnectWorker;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import io.connectot.quickstart.plant.MqttPlant;
import io.connectot.quickstart.plant.OpcUaPlant;
import io.connectot.quickstart.plant.Plant;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Kafka, a Connect worker with the packaged plugin, and a simulated plant in one process, with the
 * connectors of the plugin's own example configurations.
 */
public final class Quickstart {
  private static final int KAFKA_PORT = 9092;
  private static final int REST_PORT = 8083;

  /** A limit for busy machines; on an idle machine each of these steps takes seconds. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final Duration CHECK_LIMIT = Duration.ofMinutes(5);

  /** How long to wait before reporting what the quickstart waits for. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final int READS_PER_LOG_LINE = 10;
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J\u001b[3J";

  private final Options options;
  private final PrintStream out;
  private final Duration checkLimit;

  /** Set on the thread of the shutdown hook. */
  private volatile boolean stopping;

  Quickstart(Options options, PrintStream out, Duration checkLimit) {
    this.options = options;
    this.out = out;
    this.checkLimit = checkLimit;
  }

  /** Runs until Ctrl-C, or with {@code --check} until the result is known. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      System.exit(2);
      return;
    }
    // Set before the first logger exists, because the logging configuration reads it.
    System.setProperty("quickstart.log", options.directory().resolve("quickstart.log").toString());
    Quickstart quickstart = new Quickstart(options, out, CHECK_LIMIT);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> quickstart.stop(ended), "quickstart-stop"));
    int exit;
    try {
      exit = quickstart.run();
    } finally {
      ended.countDown();
    }
    System.exit(exit);
  }

  private void stop(CountDownLatch ended) {
    stopping = true;
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts everything and stops it again.
   *
   * @return the exit code: 0 on success
   */
  int run() throws IOException, InterruptedException {
    PluginFolder plugins =
        PluginFolder.unpack(options.plugin(), options.directory().resolve("plugins"));
    int kafkaPort = preferred(KAFKA_PORT);
    int restPort = preferred(REST_PORT);
    Path data = Files.createTempDirectory(options.directory(), "kafka");
    out.println("Starting Kafka, a Connect worker and a simulated plant …");
    RoundTrip roundTrip = new RoundTrip(Clock.systemUTC());
    try (Plant plant = Plant.start();
        MqttPlant mqttPlant = MqttPlant.start();
        OpcUaPlant opcUaPlant = OpcUaPlant.start();
        KafkaNode kafka = new KafkaNode(data, kafkaPort)) {
      kafka.start();
      try (ConnectWorker worker =
          new ConnectWorker(kafka.bootstrapServers(), plugins.path(), restPort)) {
        awaitReady(worker.rest());
        List<ConnectorFile> connectors = create(worker.rest(), plugins);
        List<String> greeting =
            greeting(kafka, worker.rest(), plant, mqttPlant, opcUaPlant, connectors);
        try (Feed feed =
                new Feed(kafka.bootstrapServers(), worker.rest(), connectors, roundTrip::take);
            Commands commands = new Commands(kafka.bootstrapServers(), roundTrip)) {
          if (options.check()) {
            return check(feed, commands, roundTrip);
          }
          show(feed, commands, roundTrip, greeting);
        }
      }
      return 0;
    } catch (StartException e) {
      out.println(e.getMessage());
      return 1;
    } catch (IOException e) {
      out.println("Cannot start: " + e.getMessage());
      return 1;
    } catch (UncheckedIOException e) {
      if (stopping) {
        return 0;
      }
      out.println("The Connect worker no longer responds: " + e.getMessage());
      return 1;
    }
  }

  private static int preferred(int port) {
    return Ports.isFree(port) ? port : Ports.free();
  }

  private void awaitReady(ConnectRest rest) throws StartException, InterruptedException {
    long start = System.nanoTime();
    boolean told = false;
    while (!rest.isReady()) {
      long waited = System.nanoTime() - start;
      if (stopping || waited > START_LIMIT.toNanos()) {
        throw new StartException(
            "The Connect worker did not start in "
                + START_LIMIT.toMinutes()
                + " min, see "
                + options.directory().resolve("quickstart.log"));
      }
      if (!told && waited > QUIET.toNanos()) {
        told = true;
        out.println("This machine is busy, the Connect worker is still starting …");
      }
      Thread.sleep(100);
    }
  }

  private List<ConnectorFile> create(ConnectRest rest, PluginFolder plugins)
      throws IOException, StartException, InterruptedException {
    ConnectorCreation creation =
        new ConnectorCreation(
            connector -> rest.put(connector.name(), connector.config()),
            START_LIMIT,
            System::nanoTime,
            pause -> Thread.sleep(pause.toMillis()),
            out::println);
    List<ConnectorFile> connectors = new ArrayList<>();
    for (Path file : plugins.examples()) {
      ConnectorFile connector = ConnectorFile.read(file);
      creation.create(connector);
      connectors.add(connector);
    }
    return connectors;
  }

  private int check(Feed feed, Commands commands, RoundTrip roundTrip) {
    long end = System.nanoTime() + checkLimit.toNanos();
    List<ConnectorReport> reports = feed.reports();
    Verdict verdict = Verdict.of(reports, roundTrip.answered());
    while (verdict == Verdict.WAIT && System.nanoTime() < end) {
      commands.sendWhatIsDue();
      feed.read(REDRAW);
      if (stopping) {
        out.println("Stopped before every connector had delivered.");
        return 1;
      }
      reports = feed.reports();
      verdict = Verdict.of(reports, roundTrip.answered());
    }
    for (ConnectorReport report : reports) {
      out.println();
      out.println(report.name() + ": " + report.states());
      if (report.sink()) {
        out.println("  round trips:         " + roundTrip);
      } else {
        out.println("  records received:    " + report.records());
        out.println("  of BAD quality:      " + report.bad());
        report.events().ifPresent(events -> out.println("  events received:     " + events));
        out.println("  a record:            " + report.sample().map(Reading::json).orElse("none"));
      }
    }
    out.println();
    if (verdict == Verdict.PASS) {
      out.println("OK: every connector delivers.");
      return 0;
    }
    Verdict.reasons(reports, roundTrip.answered())
        .forEach(reason -> out.println("FAILED: " + reason));
    out.println("The log is " + options.directory().resolve("quickstart.log"));
    return 1;
  }

  private void show(Feed feed, Commands commands, RoundTrip roundTrip, List<String> greeting) {
    greeting.forEach(out::println);
    for (int reads = 1; !stopping; reads++) {
      commands.sendWhatIsDue();
      feed.read(REDRAW);
      if (options.ansi()) {
        List<String> lines = new ArrayList<>(greeting);
        lines.addAll(
            LiveTable.draw(
                feed.reports(), roundTrip, feed.latest(), feed.notices(), Instant.now()));
        out.print(CLEAR_SCREEN + String.join("\n", lines) + "\n");
        out.flush();
      } else if (reads % READS_PER_LOG_LINE == 0) {
        Instant now = Instant.now();
        feed.reports().forEach(report -> out.println(LiveTable.summary(report, roundTrip, now)));
      }
    }
  }

  private static List<String> greeting(
      KafkaNode kafka,
      ConnectRest rest,
      Plant plant,
      MqttPlant mqttPlant,
      OpcUaPlant opcUaPlant,
      List<ConnectorFile> connectors) {
    List<String> lines = new ArrayList<>();
    lines.add("Kafka         " + kafka.bootstrapServers());
    lines.add("Connect REST  " + rest.url());
    lines.add("Plant         " + plant.devices());
    lines.add("MQTT broker   " + mqttPlant.broker());
    lines.add("OPC UA server " + opcUaPlant.server());
    lines.add(
        "Connectors    "
            + String.join(", ", connectors.stream().map(ConnectorFile::name).toList()));
    lines.add("");
    lines.add("Your own connector, from another terminal:");
    lines.add("");
    lines.add(
        "  curl -X PUT -H 'Content-Type: application/json' "
            + rest.url()
            + "/connectors/mine/config \\");
    lines.add(
        "    -d '{\"connector.class\": \"io.connectot.modbus.ModbusSourceConnector\", \"topic\":"
            + " \"mine\",");
    lines.add("         \"devices.press\": \"" + plant.devices().get("press1") + "?unit=1\",");
    lines.add("         \"tags.temperature\": \"holding:100 float32 order=CDAB\"}'");
    lines.add("");
    lines.add("Ctrl-C stops everything.");
    lines.add("");
    return lines;
  }
}
