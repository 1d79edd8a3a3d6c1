// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.sparkplug;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.Rounds;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.benchmarks.endtoend.mqtt.MosquittoProcess;
import io.connectot.benchmarks.endtoend.mqtt.MqttContender;
import io.connectot.benchmarks.endtoend.mqtt.MqttRig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures what a host application of many edge nodes needs: the memory of each metric, and the
 * time until the births of all edge nodes, which come at once, are in Kafka.
 */
public final class SparkplugThousandNodes {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MIB = 1024 * 1024;
  private static final String NAME = "nodes";

  private final PrintStream out;
  private final BenchmarkOptions options;

  /**
   * The results.
   *
   * @param births the time from the first birth published until all of them are in Kafka
   * @param bytesPerMetric live heap that was added, for each metric
   */
  record Result(Duration births, double bytesPerMetric) {}

  SparkplugThousandNodes(BenchmarkOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new SparkplugThousandNodes(
            new BenchmarkOptions(arguments),
            new PrintStream(System.out, true, StandardCharsets.UTF_8))
        .run();
  }

  /** The results; empty if Mosquitto is not installed, which is printed. */
  Optional<Result> run() throws IOException, InterruptedException {
    Optional<Path> program = MosquittoProcess.program();
    if (program.isEmpty()) {
      out.println("Skipped: mosquitto is not installed (Debian: apt-get install mosquitto).");
      return Optional.empty();
    }
    try (MqttRig rig = new MqttRig(options, program.get())) {
      return Optional.of(measure(rig));
    }
  }

  private Result measure(MqttRig rig) throws IOException, InterruptedException {
    int nodes = options.number("nodes", 1_000);
    int metrics = options.number("metrics", 100);
    String topic = NAME + "-records";
    rig.topics().create(List.of(topic));
    Map<String, String> settings = ConnectorTuning.RECOMMENDED.settings();
    try (MqttContender.Running running =
            SparkplugContender.startConnector(rig, NAME, topic, settings);
        SparkplugFeeder warmUp = new SparkplugFeeder(rig.mosquitto().port(), NAME, 1, 1)) {
      // The first records load classes and make buffers.
      while (rig.topics().records(List.of(topic)) == 0) {
        warmUp.births();
        Thread.sleep(500);
      }
      long before = running.liveHeap();
      long records = rig.topics().records(List.of(topic));
      Duration births = births(rig, nodes, metrics, topic, records);
      long added = running.liveHeap() - before;
      Result result = new Result(births, (double) added / nodes / metrics);
      Table table =
          new Table(
              "edge nodes", "metrics each", "births in Kafka after s", "heap MiB", "B/metric");
      table.add(
          Rounds.text("%,.0f", nodes),
          Rounds.text("%,.0f", metrics),
          Rounds.text("%.1f", births.toNanos() / NANOS_PER_SECOND),
          Rounds.text("%.0f", added / BYTES_PER_MIB),
          Rounds.text("%.0f", result.bytesPerMetric()));
      out.print(table);
      return result;
    }
  }

  private static Duration births(MqttRig rig, int nodes, int metrics, String topic, long base)
      throws IOException, InterruptedException {
    try (SparkplugFeeder feeder =
        new SparkplugFeeder(rig.mosquitto().port(), NAME, nodes, metrics)) {
      long started = System.nanoTime();
      feeder.births();
      long wanted = base + (long) nodes * metrics;
      for (long now = base; now < wanted; now = rig.topics().records(List.of(topic))) {
        if (System.nanoTime() - started > LIMIT.toNanos()) {
          throw new IllegalStateException(now + " of " + wanted + " records after " + LIMIT);
        }
        Thread.sleep(10);
      }
      return Duration.ofNanos(System.nanoTime() - started);
    }
  }
}
