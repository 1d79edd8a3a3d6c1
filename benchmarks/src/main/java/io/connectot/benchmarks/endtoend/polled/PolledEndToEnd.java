// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.MeasuredProcess;
import io.connectot.benchmarks.endtoend.Ratios;
import io.connectot.benchmarks.endtoend.Rounds;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.benchmarks.endtoend.ThroughputSample;
import io.connectot.benchmarks.endtoend.Topics;
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

/**
 * Measures the values per second from devices into Kafka, acknowledged, at maximum rate: the
 * connector on a real worker, compared with minimal loops.
 *
 * <p>All contenders take turns in several rounds, so that other load on the machine affects all of
 * them. Each turn is a new process that first warms up.
 */
public final class PolledEndToEnd {
  private static final double BYTES_PER_MIB = 1024 * 1024;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final BenchmarkOptions options;
  private final List<PolledContender> contenders;
  private final Map<Turn<PolledContender>, List<ThroughputSample>> samples = new LinkedHashMap<>();

  private PolledEndToEnd(BenchmarkOptions options) {
    this.options = options;
    this.contenders = options.contenders(PolledContender.class);
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new PolledEndToEnd(new BenchmarkOptions(arguments)).run();
  }

  private void run() throws IOException, InterruptedException {
    Fleet fleet =
        Fleet.valueOf(options.words("fleet", List.of("modbus")).get(0).toUpperCase(Locale.ROOT));
    int devices = options.number("devices", 20);
    int rounds = options.number("rounds", 3);
    try (PolledRig rig = new PolledRig(options, fleet, devices, 1)) {
      out.printf(
          Locale.ROOT,
          "%d devices, %d values per scan, %d rounds, %d processors; logs in %s%n",
          devices,
          ScanRegisters.TAGS,
          rounds,
          Runtime.getRuntime().availableProcessors(),
          rig.directory());
      for (int round = 1; round <= rounds; round++) {
        for (Turn<PolledContender> turn : rig.turns(contenders, PolledContender::isConnector)) {
          String name = turn.name(round);
          rig.useFormer(turn.former());
          ThroughputSample sample = turn(rig, turn.contender(), name, devices);
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

  private ThroughputSample turn(PolledRig rig, PolledContender contender, String name, int devices)
      throws IOException, InterruptedException {
    List<String> topics = Topics.topics(name, devices);
    rig.topics().create(topics);
    try (MeasuredProcess running =
        contender.start(
            rig, name, topics, options.number("interval", 1), options.number("tasks", 1))) {
      Duration warmUp = options.seconds("warmup", 15);
      Thread.sleep(warmUp.toMillis());
      ThroughputSample sample =
          ThroughputSample.take(
              rig.broker().pid(), rig.field().pid(), running, options.seconds("seconds", 15));
      double bytes = rig.topics().bytes(topics);
      return sample.withBytesPerValue(bytes / running.values());
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
            "all",
            "processors: own",
            "broker",
            "devices",
            "peak MiB",
            "B/value in Kafka");
    samples.forEach(
        (turn, taken) ->
            table.add(
                turn.title(turn.contender().title()),
                Rounds.text("%,.0f", Rounds.median(taken, ThroughputSample::valuesPerSecond)),
                Rounds.text("%,.0f", Rounds.lowest(taken, ThroughputSample::valuesPerSecond)),
                Rounds.text("%,.0f", Rounds.highest(taken, ThroughputSample::valuesPerSecond)),
                Rounds.text("%.2f", Rounds.median(taken, ThroughputSample::cpuPerMillion)),
                Rounds.text("%.2f", Rounds.median(taken, ThroughputSample::wholeCpuPerMillion)),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.cpu()))),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.brokerCpu()))),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.fieldCpu()))),
                Rounds.text("%.0f", Rounds.median(taken, s -> s.peakMemory() / BYTES_PER_MIB)),
                Rounds.text("%.0f", Rounds.median(taken, ThroughputSample::bytesPerValue))));
    out.println();
    out.print(table);
  }

  private void printRatios() {
    Ratios<PolledContender, ThroughputSample> ratios =
        new Ratios<>(
            samples,
            PolledContender::title,
            "values/s",
            "CPU per value, all processes",
            ThroughputSample::valuesPerSecond,
            ThroughputSample::wholeCpuPerMillion);
    for (PolledContender row :
        List.of(
            PolledContender.ROW, PolledContender.ROW_CONVERTERS, PolledContender.ROW_RECOMMENDED)) {
      ratios.add(row, PolledContender.BARE_ROW);
      ratios.add(row, PolledContender.BARE_ROW_RECOMMENDED);
      ratios.add(row, PolledContender.BARE_LEAN_ROW);
    }
    for (PolledContender measurement :
        List.of(
            PolledContender.MEASUREMENT,
            PolledContender.MEASUREMENT_CONVERTERS,
            PolledContender.MEASUREMENT_RECOMMENDED)) {
      ratios.add(measurement, PolledContender.BARE_MEASUREMENT);
      ratios.add(measurement, PolledContender.BARE_MEASUREMENT_RECOMMENDED);
      ratios.add(measurement, PolledContender.BARE_LEAN_MEASUREMENT);
    }
    for (PolledContender value :
        List.of(
            PolledContender.VALUE,
            PolledContender.VALUE_CONVERTERS,
            PolledContender.VALUE_RECOMMENDED)) {
      ratios.add(value, PolledContender.BARE_LEAN_MEASUREMENT);
    }
    ratios.add(PolledContender.ROW_CONVERTERS, PolledContender.ROW);
    ratios.add(PolledContender.ROW_RECOMMENDED, PolledContender.ROW);
    ratios.add(PolledContender.MEASUREMENT_CONVERTERS, PolledContender.MEASUREMENT);
    ratios.add(PolledContender.MEASUREMENT_RECOMMENDED, PolledContender.MEASUREMENT);
    ratios.add(PolledContender.VALUE_CONVERTERS, PolledContender.VALUE);
    ratios.add(PolledContender.VALUE_RECOMMENDED, PolledContender.VALUE);
    contenders.forEach(contender -> ratios.addFormer(contender, contender));
    ratios.addFormer(PolledContender.ROW_RECOMMENDED, PolledContender.ROW);
    ratios.addFormer(PolledContender.MEASUREMENT_RECOMMENDED, PolledContender.MEASUREMENT);
    ratios.addFormer(PolledContender.VALUE_RECOMMENDED, PolledContender.VALUE);
    out.println();
    out.print(ratios);
  }
}
