// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ProcessUsage;
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
 * Measures whether one task keeps up with a thousand devices that are due at the same instant of
 * every second, by the task's own counters of scans and missed scans.
 */
public final class ThousandDevices {
  private static final int TAGS = 50;

  /**
   * A batch of the producer contains about 30 measurements, and one batch per partition is in
   * flight.
   */
  private static final int PARTITIONS = 10;

  private static final double BYTES_PER_MIB = 1024 * 1024;
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final BenchmarkOptions options;
  private final int devices;
  private final Table table =
      new Table(
          "layout",
          "seconds",
          "scans",
          "scans missed",
          "values in Kafka",
          "longest scan ms",
          "CPU s per million",
          "processors: own",
          "broker",
          "peak MiB");

  private ThousandDevices(BenchmarkOptions options) {
    this.options = options;
    this.devices = options.number("devices", 1000);
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new ThousandDevices(new BenchmarkOptions(arguments)).run();
  }

  private void run() throws IOException, InterruptedException {
    try (PolledRig rig = new PolledRig(options, Fleet.MODBUS, devices, PARTITIONS)) {
      out.printf(
          Locale.ROOT,
          "%d devices, %d values per scan, one task; logs in %s%n",
          devices,
          TAGS,
          rig.directory());
      for (String layout : options.words("only", List.of("row", "measurement"))) {
        measure(rig, layout);
      }
    }
    out.println();
    out.print(table);
  }

  private void measure(PolledRig rig, String layout) throws IOException, InterruptedException {
    String name = "thousand-" + layout;
    List<String> topics = List.of(name + "-values");
    rig.topics().create(topics);
    try (WorkerProcess worker = rig.startWorker(name)) {
      worker
          .rest()
          .put(
              name,
              rig.connector(
                  topics.get(0),
                  layout,
                  ScanRegisters.tenths(TAGS),
                  options.number("interval", 1000),
                  1))
          .expectSuccess();
      Awaitility.await(name + " to run").until(() -> worker.rest().status(name).isRunning(1));
      Thread.sleep(options.seconds("warmup", 20).toMillis());
      try (WorkerJmx jmx = worker.jmx()) {
        observe(rig, layout, worker.pid(), jmx, topics);
      }
    } finally {
      rig.topics().delete(topics);
    }
  }

  private void observe(PolledRig rig, String layout, long pid, WorkerJmx jmx, List<String> topics)
      throws InterruptedException {
    String name = "thousand-" + layout;
    Map<String, Double> before = jmx.pluginMetrics(name, 0);
    Duration cpu = ProcessUsage.cpu(pid);
    Duration brokerCpu = ProcessUsage.cpu(rig.broker().pid());
    long records = rig.topics().records(topics);
    long started = System.nanoTime();
    Thread.sleep(options.seconds("seconds", 60).toMillis());
    double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
    Map<String, Double> after = jmx.pluginMetrics(name, 0);
    double busy = ProcessUsage.cpu(pid).minus(cpu).toNanos() / NANOS_PER_SECOND;
    double brokerBusy =
        ProcessUsage.cpu(rig.broker().pid()).minus(brokerCpu).toNanos() / NANOS_PER_SECOND;
    long perRecord = layout.equals("row") ? TAGS : 1;
    long values = (rig.topics().records(topics) - records) * perRecord;
    table.add(
        layout,
        number("%.1f", seconds),
        number("%,.0f", after.get("scan-total") - before.get("scan-total")),
        number("%,.0f", after.get("scan-missed-total") - before.get("scan-missed-total")),
        String.format(Locale.ROOT, "%,d", values),
        number("%.1f", after.get("scan-time-max-ms")),
        number("%.2f", busy * 1e6 / values),
        number("%.2f", busy / seconds),
        number("%.2f", brokerBusy / seconds),
        number("%.0f", ProcessUsage.peakMemory(pid) / BYTES_PER_MIB));
  }

  private static String number(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
