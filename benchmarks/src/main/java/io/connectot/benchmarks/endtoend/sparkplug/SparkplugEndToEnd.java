// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.sparkplug;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ProcessUsage;
import io.connectot.benchmarks.endtoend.Ratios;
import io.connectot.benchmarks.endtoend.Rounds;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.benchmarks.endtoend.Turn;
import io.connectot.benchmarks.endtoend.mqtt.MosquittoProcess;
import io.connectot.benchmarks.endtoend.mqtt.MqttContender;
import io.connectot.benchmarks.endtoend.mqtt.MqttRig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the cost of writing the metrics of Sparkplug B edge nodes to Kafka: the connector on a
 * real worker, compared with a minimal program. All contenders take turns in several rounds; a turn
 * is a new process that first warms up.
 */
public final class SparkplugEndToEnd {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int NODES = 10;
  private static final int METRICS = 20;
  private static final int AT_ONCE = 1_000;

  /** Messages that are not in Kafka yet, at most: nothing is dropped. */
  private static final int MOST_PENDING = 4_000;

  private static final long PROBE_MS = 500;
  private static final long COUNT_MS = 5;

  private final PrintStream out;
  private final BenchmarkOptions options;
  private final List<SparkplugContender> contenders;
  private final Map<Turn<SparkplugContender>, List<SparkplugSample>> samples =
      new LinkedHashMap<>();

  SparkplugEndToEnd(BenchmarkOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.contenders = options.contenders(SparkplugContender.class);
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new SparkplugEndToEnd(
            new BenchmarkOptions(arguments),
            new PrintStream(System.out, true, StandardCharsets.UTF_8))
        .run();
  }

  /** The results; empty if Mosquitto is not installed, which is printed. */
  Map<Turn<SparkplugContender>, List<SparkplugSample>> run()
      throws IOException, InterruptedException {
    Optional<Path> program = MosquittoProcess.program();
    if (program.isEmpty()) {
      out.println("Skipped: mosquitto is not installed (Debian: apt-get install mosquitto).");
      return Map.of();
    }
    int rounds = options.number("rounds", 3);
    try (MqttRig rig = new MqttRig(options, program.get())) {
      for (int round = 1; round <= rounds; round++) {
        for (Turn<SparkplugContender> turn :
            rig.turns(contenders, SparkplugContender::isConnector)) {
          turn(rig, turn, round);
        }
      }
    }
    printTable();
    printRatios();
    return samples;
  }

  private void turn(MqttRig rig, Turn<SparkplugContender> turn, int round)
      throws IOException, InterruptedException {
    String name = turn.name(round);
    rig.useFormer(turn.former());
    SparkplugSample sample = turn(rig, turn.contender(), name);
    samples.computeIfAbsent(turn, key -> new ArrayList<>()).add(sample);
    out.printf(
        Locale.ROOT,
        "%-24s %,10.0f metrics/s, %.2f CPU s per million%n",
        name,
        sample.metricsPerSecond(),
        sample.cpuPerMillion());
  }

  private SparkplugSample turn(MqttRig rig, SparkplugContender contender, String name)
      throws IOException, InterruptedException {
    String topic = name + "-records";
    rig.topics().create(List.of(topic));
    try (MqttContender.Running running = contender.start(rig, name, topic);
        SparkplugFeeder feeder =
            new SparkplugFeeder(rig.mosquitto().port(), name, NODES, METRICS)) {
      long base = awaitBirths(rig, feeder, topic);
      int warmUp = options.number("warmup", 50_000);
      int messages = options.number("messages", 50_000);
      feed(rig, feeder, topic, base, warmUp);
      base += (long) warmUp * METRICS;
      Duration cpu = ProcessUsage.cpu(running.pid());
      long started = System.nanoTime();
      feed(rig, feeder, topic, base, messages);
      Duration time = Duration.ofNanos(System.nanoTime() - started);
      cpu = ProcessUsage.cpu(running.pid()).minus(cpu);
      return new SparkplugSample((long) messages * METRICS, time, cpu);
    } finally {
      rig.topics().delete(List.of(topic));
    }
  }

  /** Births published before the contender has subscribed are lost. Returns the records of them. */
  private static long awaitBirths(MqttRig rig, SparkplugFeeder feeder, String topic)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (records(rig, topic) < (long) NODES * METRICS) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no birth arrived at " + topic + " in " + LIMIT);
      }
      feeder.births();
      Thread.sleep(PROBE_MS);
    }
    long before = -1;
    for (long now = records(rig, topic); now != before; now = records(rig, topic)) {
      before = now;
      Thread.sleep(2 * PROBE_MS);
    }
    return before;
  }

  /** Publishes messages, and waits until Kafka has all of them. */
  private static void feed(
      MqttRig rig, SparkplugFeeder feeder, String topic, long base, int messages)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    int sent = 0;
    while (true) {
      long done = (records(rig, topic) - base) / METRICS;
      if (done >= messages) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            done + " of " + messages + " messages are at " + topic + " after " + LIMIT);
      }
      if (sent < messages && sent - done <= MOST_PENDING - AT_ONCE) {
        int some = Math.min(AT_ONCE, messages - sent);
        feeder.data(some);
        sent += some;
      } else {
        Thread.sleep(COUNT_MS);
      }
    }
  }

  private static long records(MqttRig rig, String topic) throws InterruptedException {
    return rig.topics().records(List.of(topic));
  }

  private void printTable() {
    Table table =
        new Table("median of the rounds", "metrics/s", "lowest", "highest", "CPU s per million");
    samples.forEach(
        (turn, taken) ->
            table.add(
                turn.title(turn.contender().title()),
                Rounds.text("%,.0f", Rounds.median(taken, SparkplugSample::metricsPerSecond)),
                Rounds.text("%,.0f", Rounds.lowest(taken, SparkplugSample::metricsPerSecond)),
                Rounds.text("%,.0f", Rounds.highest(taken, SparkplugSample::metricsPerSecond)),
                Rounds.text("%.2f", Rounds.median(taken, SparkplugSample::cpuPerMillion))));
    out.println();
    out.print(table);
  }

  private void printRatios() {
    Ratios<SparkplugContender, SparkplugSample> ratios =
        new Ratios<>(
            samples,
            SparkplugContender::title,
            "metrics/s",
            "CPU per metric",
            SparkplugSample::metricsPerSecond,
            SparkplugSample::cpuPerMillion);
    ratios.add(SparkplugContender.CONNECTOR, SparkplugContender.BARE);
    ratios.add(SparkplugContender.CONNECTOR_CONVERTERS, SparkplugContender.BARE);
    ratios.add(SparkplugContender.CONNECTOR_RECOMMENDED, SparkplugContender.BARE_RECOMMENDED);
    contenders.forEach(contender -> ratios.addFormer(contender, contender));
    out.println();
    out.print(ratios);
  }
}
