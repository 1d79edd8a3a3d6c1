// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.command;

import io.connectot.benchmarks.endtoend.BenchmarkOptions;
import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.KafkaRig;
import io.connectot.benchmarks.endtoend.ProcessUsage;
import io.connectot.benchmarks.endtoend.Table;
import io.connectot.benchmarks.endtoend.Topics;
import io.connectot.benchmarks.endtoend.Turn;
import io.connectot.benchmarks.endtoend.polled.PolledContender;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * Measures the time from sending a command to Kafka until a Modbus device has it, at two rates: the
 * connector on a real worker, which also publishes results, and a bare consumer with j2mod. Also
 * counts commands that did not arrive within a limit, and those that arrived twice, and the
 * processor time of the contender.
 */
public final class CommandsEndToEnd {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final double NANOS_PER_MILLI = 1e6;

  /** The connector with {@code write.delivery=at-most-once}. */
  private static final String ONCE = "connector_once";

  private static final List<String> CONTENDERS = List.of("bare", "connector", ONCE);

  /** Ends the names of contenders that run the former version of the plugin. */
  private static final String FORMER = "_former";

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final BenchmarkOptions options;
  private final int devices;
  private final Table table =
      new Table(
          "contender",
          "commands/s",
          "commands",
          "lost",
          "twice",
          "ms: median",
          "p99",
          "max",
          "CPU ms per 1,000",
          "broker's");

  /** What carries the commands out. */
  private interface PolledContender {
    Running start(String topic, CommandedDevices field) throws IOException;
  }

  /** A contender's process. */
  private record Running(AutoCloseable process, long pid) {}

  /**
   * What is measured at once.
   *
   * @param warmUp commands that are not counted
   * @param measured commands that are
   */
  private record Turn(String name, String topic, int rate, int warmUp, int measured) {
    int count() {
      return warmUp + measured;
    }
  }

  private CommandsEndToEnd(BenchmarkOptions options) {
    this.options = options;
    this.devices = options.number("devices", 20);
  }

  /** Runs; options: see {@code benchmarks/run.sh --help}. */
  public static void main(String[] arguments) throws Exception {
    new CommandsEndToEnd(new BenchmarkOptions(arguments)).run();
  }

  private void run() throws Exception {
    try (KafkaRig rig = new KafkaRig(options, 1)) {
      out.printf(Locale.ROOT, "%d devices; logs in %s%n", devices, rig.directory());
      List<String> contenders = options.words("only", CONTENDERS);
      for (String rate : options.words("rates", List.of("100", "1000"))) {
        for (int round = 1; round <= options.number("rounds", 1); round++) {
          for (String contender : contenders) {
            measure(rig, contender, Integer.parseInt(rate), round);
            if (rig.hasFormer(contender) && !contender.equals("bare")) {
              measure(rig, contender + FORMER, Integer.parseInt(rate), round);
            }
          }
        }
      }
    }
    out.println();
    out.print(table);
  }

  private String ports(CommandedDevices field) {
    return IntStream.range(0, devices)
        .mapToObj(device -> Integer.toString(field.port(device)))
        .collect(Collectors.joining(","));
  }

  private Running bare(KafkaRig rig, String topic, CommandedDevices field) throws IOException {
    ChildJvm process =
        rig.startMeasured(BareCommands.class, topic, rig.broker().greeting(), topic, ports(field));
    return new Running(process, process.pid());
  }

  private Running connector(KafkaRig rig, String topic, CommandedDevices field, boolean once)
      throws IOException {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.modbus.ModbusSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", topic);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("result.topic", topic + "-results");
    config.put("result.producer.bootstrap.servers", rig.broker().greeting());
    config.put("write.threads", Integer.toString(devices));
    config.put("tags.number", "holding:0 uint16 write=true");
    if (once) {
      config.put("write.delivery", "at-most-once");
      config.put("command.journal.topic", journal(topic));
    }
    for (int device = 0; device < devices; device++) {
      config.put(
          "devices." + Topics.device(device), "tcp://127.0.0.1:" + field.port(device) + "?unit=1");
    }
    // A commit waits for the writes under way: as often as Kafka's default, not as the tests'.
    WorkerProcess worker = rig.worker(topic).property("offset.flush.interval.ms", "60000").start();
    worker.rest().put(topic, config).expectSuccess();
    return new Running(worker, worker.pid());
  }

  private void measure(KafkaRig rig, String name, int rate, int round) throws Exception {
    boolean once = name.startsWith(ONCE);
    rig.useFormer(name.endsWith(FORMER));
    PolledContender contender =
        name.equals("bare")
            ? (topic, field) -> bare(rig, topic, field)
            : (topic, field) -> connector(rig, topic, field, once);
    Turn turn =
        new Turn(
            name,
            name + "-" + rate + "-" + round,
            rate,
            rate * options.number("warmup", 20),
            rate * options.number("seconds", 30));
    List<String> topics = List.of(turn.topic(), turn.topic() + "-results", journal(turn.topic()));
    rig.topics().create(topics);
    try (CommandedDevices field = new CommandedDevices(devices, turn.count() / devices + 2)) {
      Running running = contender.start(turn.topic(), field);
      try (AutoCloseable process = running.process()) {
        out.println(turn.topic() + " in " + process.getClass().getSimpleName());
        measure(rig, turn, field, running.pid());
      }
    } finally {
      rig.topics().delete(topics);
    }
  }

  private static String journal(String topic) {
    return topic + "-journal";
  }

  private void measure(KafkaRig rig, Turn turn, CommandedDevices field, long pid)
      throws InterruptedException {
    Duration cpu = Duration.ZERO;
    Duration ofBroker = Duration.ZERO;
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", rig.broker().greeting()),
            new StringSerializer(),
            new StringSerializer())) {
      send(producer, turn.topic(), field, 0);
      Awaitility.await("the first command").atMost(LIMIT).until(() -> field.hasArrived(0, 0));
      long begin = System.nanoTime();
      for (int i = 1; i < turn.count(); i++) {
        if (i == turn.warmUp()) {
          cpu = ProcessUsage.cpu(pid);
          ofBroker = ProcessUsage.cpu(rig.broker().pid());
        }
        long due = begin + i * 1_000_000_000L / turn.rate();
        while (due - System.nanoTime() > 0) {
          Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000), 100_000);
        }
        send(producer, turn.topic(), field, i);
      }
    }
    int last = turn.count() - 1;
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!allArrived(field, last) && System.nanoTime() - end < 0) {
      Thread.sleep(10);
    }
    add(
        turn,
        field,
        ProcessUsage.cpu(pid).minus(cpu),
        ProcessUsage.cpu(rig.broker().pid()).minus(ofBroker));
  }

  /** The devices take turns. */
  private void send(
      KafkaProducer<String, String> producer, String topic, CommandedDevices field, int number) {
    int device = number % devices;
    int value = number / devices;
    String name = Topics.device(device);
    field.sent(device, value);
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                name,
                "{\"device\":\"" + name + "\",\"tag\":\"number\",\"value\":" + value + "}"));
  }

  private boolean allArrived(CommandedDevices field, int last) {
    return IntStream.rangeClosed(Math.max(0, last - devices + 1), last)
        .allMatch(number -> field.hasArrived(number % devices, number / devices));
  }

  private void add(Turn turn, CommandedDevices field, Duration cpu, Duration ofBroker) {
    long[] ages =
        IntStream.range(turn.warmUp(), turn.count())
            .mapToLong(number -> field.age(number % devices, number / devices))
            .filter(age -> age >= 0)
            .sorted()
            .toArray();
    long lost =
        IntStream.range(0, turn.count())
            .filter(number -> !field.hasArrived(number % devices, number / devices))
            .count();
    table.add(
        turn.name(),
        String.format(Locale.ROOT, "%,d", turn.rate()),
        String.format(Locale.ROOT, "%,d", ages.length),
        Long.toString(lost),
        Integer.toString(field.twice()),
        millis(ages, 0.5),
        millis(ages, 0.99),
        millis(ages, 1),
        perThousand(turn, cpu),
        perThousand(turn, ofBroker));
  }

  private static String perThousand(Turn turn, Duration cpu) {
    return String.format(
        Locale.ROOT, "%.0f", cpu.toNanos() / NANOS_PER_MILLI * 1000 / turn.measured());
  }

  private static String millis(long[] ages, double part) {
    return ages.length == 0
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f",
            ages[(int) Math.min(ages.length - 1L, (long) (ages.length * part))] / NANOS_PER_MILLI);
  }
}
