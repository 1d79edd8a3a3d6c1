// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

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
  private final Options options;
  private final List<Contender> contenders;
  private final Map<Turn<Contender>, List<Sample>> samples = new LinkedHashMap<>();

  private PolledEndToEnd(Options options) {
    this.options = options;
    this.contenders =
        options.words("only", Stream.of(Contender.values()).map(Contender::name).toList()).stream()
            .map(name -> Contender.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new PolledEndToEnd(new Options(arguments)).run();
  }

  private void run() throws IOException, InterruptedException {
    Fleet fleet =
        Fleet.valueOf(options.words("fleet", List.of("modbus")).get(0).toUpperCase(Locale.ROOT));
    int devices = options.number("devices", 20);
    int rounds = options.number("rounds", 3);
    try (Rig rig = new Rig(options, fleet, devices, 1)) {
      out.printf(
          Locale.ROOT,
          "%d devices, %d values per scan, %d rounds, %d processors; logs in %s%n",
          devices,
          Registers.TAGS,
          rounds,
          Runtime.getRuntime().availableProcessors(),
          rig.directory());
      for (int round = 1; round <= rounds; round++) {
        for (Turn<Contender> turn : turns(rig)) {
          String name = turn.name(round);
          rig.useFormer(turn.former());
          Sample sample = turn(rig, turn.contender(), name, devices);
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

  private List<Turn<Contender>> turns(Rig rig) {
    List<Turn<Contender>> turns = new ArrayList<>();
    for (Contender contender : contenders) {
      turns.add(Turn.of(contender));
      if (rig.hasFormer() && contender.isConnector()) {
        turns.add(Turn.former(contender));
      }
    }
    return turns;
  }

  private Sample turn(Rig rig, Contender contender, String name, int devices)
      throws IOException, InterruptedException {
    List<String> topics = Topics.topics(name, devices);
    rig.topics().create(topics);
    try (Contender.Running running =
        contender.start(
            rig, name, topics, options.number("interval", 1), options.number("tasks", 1))) {
      Duration warmUp = options.seconds("warmup", 15);
      Thread.sleep(warmUp.toMillis());
      Sample sample =
          Sample.take(
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
                Rounds.text("%,.0f", Rounds.median(taken, Sample::valuesPerSecond)),
                Rounds.text("%,.0f", Rounds.lowest(taken, Sample::valuesPerSecond)),
                Rounds.text("%,.0f", Rounds.highest(taken, Sample::valuesPerSecond)),
                Rounds.text("%.2f", Rounds.median(taken, Sample::cpuPerMillion)),
                Rounds.text("%.2f", Rounds.median(taken, Sample::wholeCpuPerMillion)),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.cpu()))),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.brokerCpu()))),
                Rounds.text("%.2f", Rounds.median(taken, s -> s.processors(s.fieldCpu()))),
                Rounds.text("%.0f", Rounds.median(taken, s -> s.peakMemory() / BYTES_PER_MIB)),
                Rounds.text("%.0f", Rounds.median(taken, Sample::bytesPerValue))));
    out.println();
    out.print(table);
  }

  private void printRatios() {
    Table table = new Table("compared", "values/s", "CPU per value, all processes");
    for (Contender row :
        List.of(Contender.ROW, Contender.ROW_CONVERTERS, Contender.ROW_RECOMMENDED)) {
      ratio(table, row, Contender.BARE_ROW);
      ratio(table, row, Contender.BARE_ROW_RECOMMENDED);
      ratio(table, row, Contender.BARE_LEAN_ROW);
    }
    for (Contender measurement :
        List.of(
            Contender.MEASUREMENT,
            Contender.MEASUREMENT_CONVERTERS,
            Contender.MEASUREMENT_RECOMMENDED)) {
      ratio(table, measurement, Contender.BARE_MEASUREMENT);
      ratio(table, measurement, Contender.BARE_MEASUREMENT_RECOMMENDED);
      ratio(table, measurement, Contender.BARE_LEAN_MEASUREMENT);
    }
    for (Contender value :
        List.of(Contender.VALUE, Contender.VALUE_CONVERTERS, Contender.VALUE_RECOMMENDED)) {
      ratio(table, value, Contender.BARE_LEAN_MEASUREMENT);
    }
    ratio(table, Contender.ROW_CONVERTERS, Contender.ROW);
    ratio(table, Contender.ROW_RECOMMENDED, Contender.ROW);
    ratio(table, Contender.MEASUREMENT_CONVERTERS, Contender.MEASUREMENT);
    ratio(table, Contender.MEASUREMENT_RECOMMENDED, Contender.MEASUREMENT);
    ratio(table, Contender.VALUE_CONVERTERS, Contender.VALUE);
    ratio(table, Contender.VALUE_RECOMMENDED, Contender.VALUE);
    for (Contender contender : contenders) {
      ratio(table, Turn.of(contender), Turn.former(contender));
    }
    ratio(table, Turn.of(Contender.ROW_RECOMMENDED), Turn.former(Contender.ROW));
    ratio(table, Turn.of(Contender.MEASUREMENT_RECOMMENDED), Turn.former(Contender.MEASUREMENT));
    ratio(table, Turn.of(Contender.VALUE_RECOMMENDED), Turn.former(Contender.VALUE));
    out.println();
    out.print(table);
  }

  private void ratio(Table table, Contender measured, Contender base) {
    ratio(table, Turn.of(measured), Turn.of(base));
  }

  private void ratio(Table table, Turn<Contender> measured, Turn<Contender> base) {
    if (samples.containsKey(measured) && samples.containsKey(base)) {
      table.add(
          measured.title(measured.contender().title())
              + " / "
              + base.title(base.contender().title()),
          Rounds.text("%.0f %%", 100 * ratio(measured, base, Sample::valuesPerSecond)),
          Rounds.text("%.2f x", ratio(measured, base, Sample::wholeCpuPerMillion)));
    }
  }

  private double ratio(
      Turn<Contender> measured, Turn<Contender> base, ToDoubleFunction<Sample> figure) {
    return Rounds.median(samples.get(measured), figure) / Rounds.median(samples.get(base), figure);
  }
}
