// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.Latencies;
import io.connectot.benchmarks.endtoend.ProcessUsage;
import io.connectot.benchmarks.endtoend.Ratios;
import io.connectot.benchmarks.endtoend.Rounds;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.benchmarks.endtoend.Turn;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Measures the cost of writing QoS 1 messages to Kafka and acknowledging each message after Kafka
 * has it: the connector on a real worker, compared with minimal programs.
 *
 * <p>All contenders take turns in several rounds. A turn is a new process that first warms up, then
 * processes a burst at maximum rate, then receives messages at an even rate.
 */
public final class MqttEndToEnd {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long PROBE_MS = 250;
  private static final long COUNT_MS = 10;

  private final PrintStream out;
  private final BenchmarkOptions options;
  private final List<MqttContender> contenders;
  private final int messages;
  private final int warmUp;
  private final int perSecond;
  private final Map<Turn<MqttContender>, List<MqttSample>> samples = new LinkedHashMap<>();

  MqttEndToEnd(BenchmarkOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.messages = options.number("messages", 200_000);
    this.warmUp = options.number("warmup", 200_000);
    this.perSecond = options.number("rate", 500);
    this.contenders = options.contenders(MqttContender.class);
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new MqttEndToEnd(
            new BenchmarkOptions(arguments),
            new PrintStream(System.out, true, StandardCharsets.UTF_8))
        .run();
  }

  /** The results; empty if Mosquitto is not installed, which is printed. */
  Map<Turn<MqttContender>, List<MqttSample>> run() throws IOException, InterruptedException {
    Optional<Path> program = MosquittoProcess.program();
    if (program.isEmpty()) {
      out.println("Skipped: mosquitto is not installed (Debian: apt-get install mosquitto).");
      return Map.of();
    }
    int rounds = options.number("rounds", 3);
    try (MqttRig rig = new MqttRig(options, program.get())) {
      out.printf(
          Locale.ROOT,
          "%,d messages of %d bytes, %d rounds, %d processors; logs in %s%n",
          messages,
          MqttFeeder.PAYLOAD,
          rounds,
          Runtime.getRuntime().availableProcessors(),
          rig.directory());
      for (int round = 1; round <= rounds; round++) {
        for (Turn<MqttContender> turn : rig.turns(contenders, MqttContender::isConnector)) {
          String name = turn.name(round);
          rig.useFormer(turn.former());
          MqttSample sample = turn(rig, turn.contender(), name);
          samples.computeIfAbsent(turn, key -> new ArrayList<>()).add(sample);
          out.printf(
              Locale.ROOT,
              "%-16s %,10.0f messages/s, %.2f CPU s per 100,000, p99 %.1f ms, heap %.0f MiB%n",
              name,
              sample.messagesPerSecond(),
              sample.cpuPer100k(),
              sample.p99Millis(),
              sample.liveHeapMib());
        }
      }
    }
    printTable();
    printRatios();
    return samples;
  }

  private MqttSample turn(MqttRig rig, MqttContender contender, String name)
      throws IOException, InterruptedException {
    String topic = name + "-messages";
    rig.topics().create(List.of(topic));
    try (MqttContender.Running running = contender.start(rig, name, topic);
        MqttFeeder feeder = new MqttFeeder(rig.mosquitto().port(), name, contender.payload())) {
      awaitSubscription(rig, feeder, topic);
      long base = records(rig, topic);
      feeder.burst(warmUp);
      await(rig, topic, base + warmUp);

      Duration cpu = ProcessUsage.cpu(running.pid());
      long started = System.nanoTime();
      feeder.burst(messages);
      await(rig, topic, base + warmUp + messages);
      Duration time = Duration.ofNanos(System.nanoTime() - started);
      cpu = ProcessUsage.cpu(running.pid()).minus(cpu);

      long[] ages = ages(rig, feeder, topic, contender.payload());
      return new MqttSample(
          messages,
          time,
          cpu,
          Duration.ofNanos(ages[ages.length / 2]),
          Duration.ofNanos(ages[(int) (ages.length * 0.99)]),
          running.liveHeap());
    } finally {
      rig.topics().delete(List.of(topic));
    }
  }

  /** Messages published before the contender has subscribed are lost. */
  private static void awaitSubscription(MqttRig rig, MqttFeeder feeder, String topic)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (records(rig, topic) == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no message arrived at " + topic + " in " + LIMIT);
      }
      feeder.burst(1);
      Thread.sleep(PROBE_MS);
    }
    // The last probes can still be in flight.
    long before = -1;
    for (long now = records(rig, topic); now != before; now = records(rig, topic)) {
      before = now;
      Thread.sleep(4 * PROBE_MS);
    }
  }

  private long[] ages(MqttRig rig, MqttFeeder feeder, String topic, MqttPayload payload) {
    int count = options.number("latency", 10) * perSecond;
    try (Latencies latencies = new Latencies(rig.broker().greeting(), topic, payload::age)) {
      CompletableFuture<Void> feeding =
          CompletableFuture.runAsync(
              () -> {
                try {
                  feeder.paced(count, perSecond);
                } catch (IOException e) {
                  throw new CompletionException(e);
                }
              });
      long[] ages = latencies.await(count, count / 5, LIMIT);
      feeding.join();
      return ages;
    }
  }

  private static void await(MqttRig rig, String topic, long count) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    for (long now = records(rig, topic); now < count; now = records(rig, topic)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            now + " of " + count + " messages arrived at " + topic + " in " + LIMIT);
      }
      Thread.sleep(COUNT_MS);
    }
  }

  private static long records(MqttRig rig, String topic) throws InterruptedException {
    return rig.topics().records(List.of(topic));
  }

  private void printTable() {
    Table table =
        new Table(
            "median of the rounds",
            "messages/s",
            "lowest",
            "highest",
            "CPU s per 100,000",
            "latency ms: median",
            "p99",
            "live heap MiB");
    samples.forEach(
        (turn, taken) ->
            table.add(
                turn.title(turn.contender().title()),
                Rounds.text("%,.0f", Rounds.median(taken, MqttSample::messagesPerSecond)),
                Rounds.text("%,.0f", Rounds.lowest(taken, MqttSample::messagesPerSecond)),
                Rounds.text("%,.0f", Rounds.highest(taken, MqttSample::messagesPerSecond)),
                Rounds.text("%.2f", Rounds.median(taken, MqttSample::cpuPer100k)),
                Rounds.text("%.1f", Rounds.median(taken, MqttSample::medianMillis)),
                Rounds.text("%.1f", Rounds.median(taken, MqttSample::p99Millis)),
                Rounds.text("%.0f", Rounds.median(taken, MqttSample::liveHeapMib))));
    out.println();
    out.print(table);
  }

  private void printRatios() {
    Ratios<MqttContender, MqttSample> ratios =
        new Ratios<>(
            samples,
            MqttContender::title,
            "messages/s",
            "CPU per message",
            MqttSample::messagesPerSecond,
            MqttSample::cpuPer100k);
    ratios.add(MqttContender.CONNECTOR_V3, MqttContender.BARE_V3);
    ratios.add(MqttContender.CONNECTOR_V5, MqttContender.BARE_V5);
    ratios.add(MqttContender.CONNECTOR_JSON, MqttContender.BARE_JSON);
    ratios.add(MqttContender.CONNECTOR_JSON_CONVERTERS, MqttContender.BARE_JSON);
    ratios.add(MqttContender.CONNECTOR_JSON_RECOMMENDED, MqttContender.BARE_JSON);
    contenders.forEach(contender -> ratios.addFormer(contender, contender));
    out.println();
    out.print(ratios);
  }
}
