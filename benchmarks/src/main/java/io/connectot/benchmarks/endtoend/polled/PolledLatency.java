// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.Latencies;
import io.connectot.benchmarks.endtoend.Measurements;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Measures the time from a device's reply until a consumer has the value, at a rate that a worker
 * reaches easily. The consumer gets a record after Kafka has acknowledged it, so this is a little
 * more than the time until the acknowledgement.
 */
public final class PolledLatency {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int TAGS = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final BenchmarkOptions options;
  private final Table table =
      new Table("layout measurement", "values", "latency ms: median", "p99", "highest");

  private PolledLatency(BenchmarkOptions options) {
    this.options = options;
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new PolledLatency(new BenchmarkOptions(arguments)).run();
  }

  private void run() throws IOException, InterruptedException {
    int devices = options.number("devices", 20);
    int interval = options.number("interval", 200);
    int perSecond = devices * TAGS * 1000 / interval;
    try (PolledRig rig = new PolledRig(options, Fleet.MODBUS, devices, 1)) {
      out.printf(
          Locale.ROOT,
          "%d devices, %d values per second; logs in %s%n",
          devices,
          perSecond,
          rig.directory());
      for (ConnectorTuning tuning : ConnectorTuning.values()) {
        measure(rig, tuning, interval, perSecond);
      }
    }
    out.println();
    out.print(table);
  }

  private void measure(PolledRig rig, ConnectorTuning tuning, int interval, int perSecond)
      throws IOException, InterruptedException {
    String name = "latency-" + tuning.name().toLowerCase(Locale.ROOT);
    String topic = name + "-values";
    rig.topics().create(List.of(topic));
    try (WorkerProcess worker = rig.startWorker(name)) {
      Map<String, String> config =
          rig.connector(topic, "measurement", ScanRegisters.tenths(TAGS), interval, 1);
      config.putAll(tuning.settings());
      worker.rest().put(name, config).expectSuccess();
      Awaitility.await(name + " to run").until(() -> worker.rest().status(name).isRunning(1));
      Thread.sleep(options.seconds("warmup", 20).toMillis());
      int count = perSecond * options.number("seconds", 15);
      try (Latencies latencies =
          new Latencies(rig.broker().greeting(), topic, PolledLatency::age)) {
        add(tuning, latencies.await(count, count / 5, LIMIT));
      }
    } finally {
      rig.topics().delete(List.of(topic));
    }
  }

  private static long age(byte[] record) {
    return Measurements.nanos(Instant.now()) - Measurements.eventTime(record);
  }

  private void add(ConnectorTuning tuning, long[] ages) {
    table.add(
        "connector" + tuning.title(),
        String.format(Locale.ROOT, "%,d", ages.length),
        millis(ages[ages.length / 2]),
        millis(ages[(int) (ages.length * 0.99)]),
        millis(ages[ages.length - 1]));
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
  }
}
