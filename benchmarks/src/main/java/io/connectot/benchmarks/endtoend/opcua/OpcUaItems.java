// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.opcua;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ProcessUsage;
import io.connectot.benchmarks.endtoend.Rounds;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Measures whether one task with a small heap reads all changes of many monitored items of one OPC
 * UA server that change once per second.
 */
public final class OpcUaItems {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String NAME = "items";
  private static final String TOPIC = NAME + "-values";
  private static final double BYTES_PER_MIB = 1024 * 1024;
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final BenchmarkOptions options;
  private final int variables;

  private OpcUaItems(BenchmarkOptions options) {
    this.options = options;
    this.variables = options.number("variables", 50_000);
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new OpcUaItems(new BenchmarkOptions(arguments)).run();
  }

  private void run() throws IOException, InterruptedException {
    try (OpcUaRig rig = new OpcUaRig(options, variables, options.number("rate", variables))) {
      out.printf(Locale.ROOT, "%,d variables, one task; logs in %s%n", variables, rig.directory());
      rig.topics().create(List.of(TOPIC));
      try (WorkerProcess worker = rig.startWorker(NAME)) {
        worker.rest().put(NAME, config(rig)).expectSuccess();
        Awaitility.await(NAME + " to run").until(() -> worker.rest().status(NAME).isRunning(1));
        Awaitility.await("the first values")
            .atMost(LIMIT)
            .until(() -> rig.topics().records(List.of(TOPIC)) >= variables);
        Thread.sleep(options.seconds("warmup", 60).toMillis());
        try (WorkerJmx jmx = worker.jmx()) {
          observe(rig, worker.pid(), jmx);
        }
      }
    }
  }

  private static Map<String, String> config(OpcUaRig rig) throws IOException {
    Map<String, String> config = OpcUaContender.MEASUREMENT_RECOMMENDED.config(rig, NAME, TOPIC);
    config.put("opcua.publishing.interval.ms", "1000");
    config.put("opcua.queue.size", "10");
    // A busy machine can respond late, and a lost session would make every tag BAD.
    config.put("opcua.session.timeout.ms", "120000");
    config.put("opcua.keepalive.interval.ms", "10000");
    config.put("opcua.connect.timeout.ms", "60000");
    return config;
  }

  private void observe(OpcUaRig rig, long pid, WorkerJmx jmx)
      throws IOException, InterruptedException {
    Map<String, Double> before = jmx.pluginMetrics(NAME, 0);
    Duration cpu = ProcessUsage.cpu(pid);
    long records = rig.topics().records(List.of(TOPIC));
    long changes = rig.changes();
    long started = System.nanoTime();
    Thread.sleep(options.seconds("seconds", 60).toMillis());
    changes = rig.changes() - changes;
    double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
    records = rig.topics().records(List.of(TOPIC)) - records;
    double busy = ProcessUsage.cpu(pid).minus(cpu).toNanos() / NANOS_PER_SECOND;
    Map<String, Double> after = jmx.pluginMetrics(NAME, 0);
    Table table =
        new Table(
            "items",
            "seconds",
            "changes",
            "values in Kafka",
            "bad",
            "gaps",
            "reconnects",
            "heap after a collection MiB",
            "CPU s per million",
            "processors",
            "peak MiB");
    table.add(
        count(variables),
        Rounds.text("%.1f", seconds),
        count(changes),
        count(records),
        difference("value-bad-total", before, after),
        difference("gap-total", before, after),
        difference("reconnect-total", before, after),
        Rounds.text("%.0f", jmx.heapUsedAfterCollection() / BYTES_PER_MIB),
        Rounds.text("%.2f", busy * 1e6 / records),
        Rounds.text("%.2f", busy / seconds),
        Rounds.text("%.0f", ProcessUsage.peakMemory(pid) / BYTES_PER_MIB));
    out.println();
    out.print(table);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String difference(
      String metric, Map<String, Double> before, Map<String, Double> after) {
    return Rounds.text("%,.0f", after.get(metric) - before.get(metric));
  }
}
