// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.terminal.Screen;
import io.connectot.quickstart.terminal.TerminalSize;
import io.connectot.quickstart.terminal.TerminalText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Kafka, a Connect worker with the packaged plugin, and a simulated plant in one process, with the
 * connectors of the plugin's own example configurations.
 */
public final class Quickstart {
  /** A limit for busy machines; on an idle machine each of these steps takes seconds. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final Duration CHECK_LIMIT = Duration.ofMinutes(5);

  /** How long everything may take to stop. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** How long to wait before reporting what the quickstart waits for. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final int READS_PER_LOG_LINE = 10;
  private static final int COLUMNS = 80;

  private final QuickstartOptions options;
  private final PrintStream out;
  private final Duration checkLimit;
  private final Shutdown shutdown;
  private final long startNanos = System.nanoTime();

  Quickstart(QuickstartOptions options, PrintStream out, Duration checkLimit) {
    this.options = options;
    this.out = out;
    this.checkLimit = checkLimit;
    this.shutdown = new Shutdown(out, STOP_LIMIT);
  }

  /** Runs until Ctrl-C, or with {@code --check} until the result is known. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    QuickstartOptions options;
    try {
      options = QuickstartOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      System.exit(2);
      return;
    }
    // Set before the first logger exists, because the logging configuration reads it.
    System.setProperty("quickstart.log", options.directory().resolve("quickstart.log").toString());
    Quickstart quickstart = new Quickstart(options, out, CHECK_LIMIT);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(quickstart.shutdown::request, "quickstart-stop"));
    int exit;
    try {
      exit = quickstart.run();
    } finally {
      quickstart.shutdown.ended();
    }
    System.exit(exit);
  }

  /**
   * Starts everything and stops it again.
   *
   * @return the exit code: 0 on success
   */
  int run() throws IOException, InterruptedException {
    RoundTrip roundTrip = new RoundTrip(Clock.systemUTC());
    try (Installation installation =
        new Installation(options, this::progress, shutdown::stopping)) {
      if (!options.check()) {
        out.println("Open " + installation.page() + " as soon as everything runs.");
      }
      out.println("Starting Kafka, a Connect worker and a simulated plant …");
      installation.start();
      awaitReady(installation.rest());
      List<ConnectorFile> connectors = create(installation);
      try (Feed feed =
              new Feed(
                  installation.bootstrapServers(),
                  installation.rest(),
                  connectors,
                  roundTrip::take);
          Commands commands = new Commands(installation.bootstrapServers(), roundTrip)) {
        if (options.check()) {
          return check(feed, commands, roundTrip);
        }
        greeting(installation, connectors).forEach(out::println);
        show(feed, commands, installation);
      }
      return 0;
    } catch (StartException e) {
      out.println(e.getMessage());
      return 1;
    } catch (IOException e) {
      out.println("Cannot start: " + e.getMessage());
      return 1;
    } catch (UncheckedIOException e) {
      if (shutdown.isRequested()) {
        return 0;
      }
      out.println("The Connect worker no longer responds: " + e.getMessage());
      return 1;
    }
  }

  private void progress(String what) {
    long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    out.println(String.format(Locale.ROOT, "%4d s  %s", seconds, what));
  }

  private void awaitReady(ConnectRest rest) throws StartException, InterruptedException {
    long start = System.nanoTime();
    boolean told = false;
    while (!rest.isReady()) {
      long waited = System.nanoTime() - start;
      goOn();
      if (waited > START_LIMIT.toNanos()) {
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
    progress("the Connect worker answers");
  }

  private void goOn() throws StartException {
    if (shutdown.isRequested()) {
      throw new StartException("Stopped before everything had started.");
    }
  }

  private List<ConnectorFile> create(Installation installation)
      throws IOException, StartException, InterruptedException {
    ConnectRest rest = installation.rest();
    ConnectorCreation creation =
        new ConnectorCreation(
            connector -> rest.put(connector.name(), connector.config()),
            START_LIMIT,
            System::nanoTime,
            pause -> Thread.sleep(pause.toMillis()),
            out::println);
    List<ConnectorFile> connectors = new ArrayList<>();
    List<Path> files = installation.plugins().examples();
    for (Path file : files) {
      goOn();
      ConnectorFile connector = ConnectorFile.read(file).at(installation.bootstrapServers());
      creation.create(connector);
      connectors.add(connector);
      progress(
          "connector "
              + connectors.size()
              + " of "
              + files.size()
              + " is created: "
              + connector.name());
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
      if (shutdown.isRequested()) {
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

  private void show(Feed feed, Commands commands, Installation installation) {
    Screen screen =
        new Screen(out, TerminalSize::ask, Screen.wantsColour(System.getenv("NO_COLOR")));
    String head =
        "Open "
            + installation.page()
            + "   Kafka "
            + installation.bootstrapServers()
            + "   Ctrl-C stops";
    for (int reads = 1; !shutdown.isRequested(); reads++) {
      commands.sendWhatIsDue();
      feed.read(REDRAW);
      if (shutdown.isRequested()) {
        return;
      }
      Instant now = Instant.now();
      if (options.ansi()) {
        screen.draw(LiveTable.draw(head, feed.content(), screen.size(), now));
      } else if (reads % READS_PER_LOG_LINE == 0) {
        feed.reports().forEach(report -> out.println(LiveTable.summary(report, now)));
      }
    }
  }

  private static List<String> greeting(Installation installation, List<ConnectorFile> connectors) {
    String rest = installation.rest().url();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Open          " + installation.page());
    lines.add("Kafka         " + installation.bootstrapServers());
    lines.add("Connect REST  " + rest);
    lines.addAll(
        TerminalText.list(
            "Modbus        ",
            installation.plant().devices().entrySet().stream()
                .map(device -> device.getKey() + " " + device.getValue())
                .toList(),
            COLUMNS));
    lines.add("MQTT broker   " + installation.mqttPlant().broker());
    lines.add("OPC UA server " + installation.opcUaPlant().server());
    lines.addAll(
        TerminalText.list(
            "Connectors    ", connectors.stream().map(ConnectorFile::name).toList(), COLUMNS));
    lines.add("");
    lines.add("Your own connector, from another terminal:");
    lines.add("");
    lines.add("  curl -X PUT -H 'Content-Type: application/json' \\");
    lines.add("    " + rest + "/connectors/mine/config -d '{");
    lines.add("    \"connector.class\": \"io.connectot.modbus.ModbusSourceConnector\",");
    lines.add("    \"topic\": \"mine\", \"status.topic\": \"mine.status\",");
    lines.add(
        "    \"devices.press\": \"" + installation.plant().devices().get("press1") + "?unit=1\",");
    lines.add("    \"tags.temperature\": \"holding:100 float32 order=CDAB\"}'");
    lines.add("");
    return lines;
  }
}
