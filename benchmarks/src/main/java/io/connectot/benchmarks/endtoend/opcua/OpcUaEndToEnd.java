// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.opcua;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.MeasuredProcess;
import io.connectot.benchmarks.endtoend.Ratios;
import io.connectot.benchmarks.endtoend.Rounds;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.benchmarks.endtoend.ThroughputSample;
import io.connectot.benchmarks.endtoend.Turn;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Measures the values per second of an OPC UA server that reach Kafka and are acknowledged there,
 * compared with a client of the same library that only counts them. Server, Kafka and the contender
 * share the processors.
 *
 * <p>All contenders take turns in several rounds. A turn is a new process that first warms up.
 */
public final class OpcUaEndToEnd {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double BYTES_PER_MIB = 1024 * 1024;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final BenchmarkOptions options;
  private final List<OpcUaContender> contenders;
  private final Map<Turn<OpcUaContender>, List<ThroughputSample>> samples = new LinkedHashMap<>();

  private OpcUaEndToEnd(BenchmarkOptions options) {
    this.options = options;
    this.contenders = options.contenders(OpcUaContender.class);
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new OpcUaEndToEnd(new BenchmarkOptions(arguments)).run();
  }

  private void run() throws IOException, InterruptedException {
    int rounds = options.number("rounds", 3);
    try (OpcUaRig rig =
        new OpcUaRig(
            options, options.number("variables", 1_000), options.number("rate", 300_000))) {
      out.printf(
          Locale.ROOT,
          "%,d variables, %d rounds, %d processors; logs in %s%n",
          rig.variables(),
          rounds,
          Runtime.getRuntime().availableProcessors(),
          rig.directory());
      for (int round = 1; round <= rounds; round++) {
        for (Turn<OpcUaContender> turn : rig.turns(contenders, OpcUaContender::isConnector)) {
          String name = turn.name(round);
          rig.useFormer(turn.former());
          ThroughputSample sample = turn(rig, turn.contender(), name);
          samples.computeIfAbsent(turn, key -> new ArrayList<>()).add(sample);
          out.printf(
              Locale.ROOT,
              "%-32s %,12.0f values/s, CPU s per million: own %.2f, all %.2f%n",
              name,
              sample.valuesPerSecond(),
              sample.cpuPerMillion(),
              sample.wholeCpuPerMillion());
        }
      }
    }
    printTable();
    printRatios();
  }

  private ThroughputSample turn(OpcUaRig rig, OpcUaContender contender, String name)
      throws IOException, InterruptedException {
    List<String> topics = List.of(name + "-values");
    rig.topics().create(topics);
    try (MeasuredProcess running = contender.start(rig, name, topics.get(0))) {
      Awaitility.await("the first values of " + name)
          .atMost(LIMIT)
          .until(() -> running.values() > 0);
      Duration warmUp = options.seconds("warmup", 20);
      Thread.sleep(warmUp.toMillis());
      return ThroughputSample.take(
          rig.broker().pid(), rig.field().pid(), running, options.seconds("seconds", 15));
    } finally {
      rig.topics().delete(topics);
    }
  }

  private void printTable() {
    Table table =
        new Table(
            "median of the rounds",
            "values/s",
            "lowest",
            "highest",
            "CPU s per million: own",
            "processors: own",
            "broker",
            "server",
            "peak MiB");
    samples.forEach(
        (turn, taken) ->
            table.add(
                turn.title(turn.contender().title()),
                Rounds.text("%,.0f", Rounds.median(taken, ThroughputSample::valuesPerSecond)),
                Rounds.text("%,.0f", Rounds.lowest(taken, ThroughputSample::valuesPerSecond)),
                Rounds.text("%,.0f", Rounds.highest(taken, ThroughputSample::valuesPerSecond)),
                Rounds.text("%.2f", Rounds.median(taken, ThroughputSample::cpuPerMillion)),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.cpu()))),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.brokerCpu()))),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.fieldCpu()))),
                Rounds.text("%.0f", Rounds.median(taken, s -> s.peakMemory() / BYTES_PER_MIB))));
    out.println();
    out.print(table);
  }

  private void printRatios() {
    Ratios<OpcUaContender, ThroughputSample> ratios =
        new Ratios<>(
            samples,
            OpcUaContender::title,
            "values/s",
            "CPU per value, own",
            ThroughputSample::valuesPerSecond,
            ThroughputSample::cpuPerMillion);
    for (OpcUaContender contender : OpcUaContender.values()) {
      if (contender != OpcUaContender.BARE) {
        ratios.add(contender, OpcUaContender.BARE);
      }
    }
    ratios.add(OpcUaContender.MEASUREMENT_CONVERTERS, OpcUaContender.MEASUREMENT);
    ratios.add(OpcUaContender.MEASUREMENT_RECOMMENDED, OpcUaContender.MEASUREMENT);
    ratios.add(OpcUaContender.VALUE_CONVERTERS, OpcUaContender.VALUE);
    ratios.add(OpcUaContender.VALUE_RECOMMENDED, OpcUaContender.VALUE);
    contenders.forEach(contender -> ratios.addFormer(contender, contender));
    ratios.addFormer(OpcUaContender.MEASUREMENT_RECOMMENDED, OpcUaContender.MEASUREMENT);
    ratios.addFormer(OpcUaContender.VALUE_RECOMMENDED, OpcUaContender.VALUE);
    out.println();
    out.print(ratios);
  }
}
