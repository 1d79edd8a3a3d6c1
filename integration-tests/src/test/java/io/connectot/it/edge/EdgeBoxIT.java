// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.WritableDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A box whose line to the central cluster is cut, whose worker is killed and whose Kafka is
 * restarted meanwhile: the central cluster has every record once, in order, and no command is
 * carried out late. The long form queues five million records.
 */
class EdgeBoxIT {
  /** A limit for busy machines. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** The time that a command may wait. */
  private static final Duration TTL = Duration.ofSeconds(10);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  @Tag("full")
  @Timeout(1200)
  void bringsEveryRecordOnceWhenTheLineIsBack() throws Exception {
    cutTheLine(60_000, 4_000, LIMIT);
  }

  /** Eight hours of 180 measurements a second. */
  @Test
  @Tag("campaign")
  @Timeout(5400)
  void bringsFiveMillionRecordsOnce() throws Exception {
    cutTheLine(5_200_000, 25_000, Duration.ofMinutes(40));
  }

  private void cutTheLine(long records, long perSecond, Duration limit) throws Exception {
    Path home = EdgeBox.unpack(directory.resolve("program"));
    try (CentralCluster central = new CentralCluster(home, directory.resolve("central"));
        WritableDevice press = new WritableDevice();
        EdgeBox box = new EdgeBox(home, directory.resolve("box"), keys(central))) {
      box.start();
      box.awaitStatus("central: connected", LIMIT);
      box.worker().put("press", source(press)).expectSuccess();
      box.worker().put("press-commands", sink(box, press)).expectSuccess();
      command(central, "before", 5, "");
      await("a command over the line").atMost(LIMIT).until(() -> press.written().contains(5));

      try (Load load = new Load(box.bootstrapServers(), "zstd")) {
        load.start(records, perSecond);
        awaitRecords(central, 1000);
        Instant late = interrupt(central, box);
        Peaks peaks = new Peaks(box);
        while (!load.endsWithin(Duration.ofSeconds(1))) {
          peaks.sample();
        }
        peaks.sample();
        await("a command to be older than it may be")
            .atMost(LIMIT)
            .until(() -> Instant.now().isAfter(late.plus(TTL)));
        long queued = records - count(central);
        assertThat(queued).as("records that the centre does not have").isPositive();
        central.line().heal();
        compare(central, box, records, queued, limit, peaks);
      }
      awaitResults(central, press);
      assertKeepsItsSecrets(box);
    }
  }

  /** No log, no topic and no answer has the password; nobody else can read the files. */
  private static void assertKeepsItsSecrets(EdgeBox box) throws IOException {
    assertThat(box.uplink().get("/connectors/uplink/config").body().toString())
        .contains("${file:")
        .doesNotContain(CentralCluster.SECRET);
    for (Path file : box.files()) {
      assertThat(Files.getPosixFilePermissions(file))
          .as(file.toString())
          .isSubsetOf(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      if (file.toString().endsWith(".log") && Files.size(file) < 10_000_000) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(CentralCluster.SECRET);
      }
    }
  }

  private static Map<String, String> keys(CentralCluster central) {
    Map<String, String> keys = new LinkedHashMap<>(central.edgeKeys());
    // The open transaction is aborted while the line is cut.
    keys.put("uplink.config.producer.transaction.timeout.ms", "15000");
    return keys;
  }

  /** Fills the disk while there is no line. */
  @Test
  @Tag("full")
  @Timeout(1200)
  void deletesTheOldestWhenTheDiskIsFullAndSaysSo() throws Exception {
    Path home = EdgeBox.unpack(directory.resolve("program"));
    try (CentralCluster central = new CentralCluster(home, directory.resolve("central"))) {
      Map<String, String> keys = new LinkedHashMap<>(central.edgeKeys());
      keys.put("disk.limit", "20m");
      central.line().refuse();
      try (EdgeBox box = new EdgeBox(home, directory.resolve("box"), keys);
          Load load = new Load(box.bootstrapServers(), "none")) {
        box.start();
        long records = 80_000;
        load.start(records, 10_000);
        load.join();
        await("records to be deleted")
            .atMost(LIMIT)
            .until(() -> box.statusNumber("disk.records.lost") > 0);
        await("the size to be below the limit")
            .atMost(LIMIT)
            .until(() -> box.disk() < 20L << 20 && box.statusNumber("disk.used") <= 20);
        assertThat(box.metric("connectot_edge_disk_records_lost_total"))
            .isEqualTo(box.statusNumber("disk.records.lost"));
        assertThat(box.metric("connectot_edge_central_connected")).isZero();
        central.line().heal();
        assertThatTheGapsAreKnown(central, box, records);
      }
    }
  }

  /**
   * Another version is installed beside the first, as docs/edge.md has it, while records are
   * written; topics have the name of the box at the centre.
   */
  @Test
  @Tag("full")
  @Timeout(1200)
  void keepsDataAndConnectorsWhenItIsUpgraded() throws Exception {
    Path first = EdgeBox.unpack(directory.resolve("first"));
    Path second = EdgeBox.unpack(directory.resolve("second"));
    Path home = Files.createSymbolicLink(directory.resolve("ot-edge"), first);
    try (CentralCluster central = new CentralCluster(second, directory.resolve("central"));
        WritableDevice press = new WritableDevice()) {
      Map<String, String> keys = new LinkedHashMap<>(central.edgeKeys());
      keys.put("uplink.topic.names", "prefixed");
      try (EdgeBox box = new EdgeBox(home, directory.resolve("box"), keys);
          Load load = new Load(box.bootstrapServers(), "zstd");
          Sequence arrived = new Sequence(central.bootstrapServers(), "box1." + Load.TOPIC)) {
        box.start();
        box.worker().put("press", source(press)).expectSuccess();
        long records = 20_000;
        load.start(records, 2_000);
        arrived.readUntil(100, LIMIT);
        box.stop();
        Files.delete(home);
        Files.createSymbolicLink(home, second);
        deleteTree(first);
        box.start();
        await("the connector to run again")
            .atMost(LIMIT)
            .until(() -> box.worker().status("press").isRunning(1));
        load.join();
        arrived.readUntil(records, LIMIT);
        arrived.readToEnd(LIMIT);
        assertThat(arrived.count()).isEqualTo(records);
        assertThat(arrived.missing()).as("lost").isZero();
        assertThat(arrived.duplicates()).as("duplicated or out of order").isZero();
        assertThatAGapTellsOfTheStop(central);
      }
    }
  }

  /** The connector continued from its stored offset: it knows since when it has read nothing. */
  private static void assertThatAGapTellsOfTheStop(CentralCluster central) {
    try (RecordReader gaps = new RecordReader(central.bootstrapServers(), "box1\\.plant\\.gaps")) {
      gaps.awaitOne(
          "a gap of the time of the upgrade",
          LIMIT,
          0,
          gap -> gap.text("device").equals("press") && gap.json().hasNonNull("gap_start"));
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The centre has gap records for what it does not have, and everything else. */
  private static void assertThatTheGapsAreKnown(CentralCluster central, EdgeBox box, long records)
      throws IOException {
    long lost = box.statusNumber("disk.records.lost");
    try (Sequence arrived = new Sequence(central.bootstrapServers(), Load.TOPIC);
        RecordReader gaps = new RecordReader(central.bootstrapServers(), "plant\\.gaps")) {
      arrived.readUntil(records - lost, LIMIT);
      arrived.readToEnd(LIMIT);
      assertThat(arrived.count()).isEqualTo(records - lost);
      assertThat(arrived.missing()).isEqualTo(lost);
      assertThat(arrived.duplicates()).isZero();
      gaps.awaitAll(
          "a gap of each path",
          LIMIT,
          all -> all.stream().map(Received::key).distinct().count() == Load.KEYS);
      assertThat(gaps.all())
          .allSatisfy(
              gap -> {
                assertThat(gap.text("cause")).contains("disk.limit");
                assertThat(gap.header("ot.record")).isEqualTo("gap");
              });
    }
  }

  /**
   * The faults: the line is cut, the worker killed, Kafka restarted. Returns when the command that
   * comes too late was sent.
   */
  private static Instant interrupt(CentralCluster central, EdgeBox box) throws IOException {
    central.line().cut();
    command(central, "late", 11, "");
    Instant late = Instant.now();
    command(central, "patient", 22, Instant.now().plus(Duration.ofHours(2)).toString());
    long worker = box.pid("worker");
    box.kill("worker");
    box.restart("kafka");
    box.awaitOther("worker", worker);
    box.awaitReady();
    // What the cut left half open.
    central.line().refuse();
    box.awaitStatus("central: not connected", LIMIT);
    assertThat(box.run("status"))
        .satisfies(
            status -> {
              assertThat(status.exit()).isEqualTo(1);
              assertThat(status.output()).contains("central: not connected", "kafka: runs");
            });
    return late;
  }

  private static void awaitRecords(CentralCluster central, long count) {
    try (Sequence arrived = new Sequence(central.bootstrapServers(), Load.TOPIC)) {
      arrived.readUntil(count, LIMIT);
      assertThat(arrived.count()).as("records at the centre").isGreaterThanOrEqualTo(count);
    }
  }

  private static long count(CentralCluster central) {
    try (Sequence arrived = new Sequence(central.bootstrapServers(), Load.TOPIC)) {
      arrived.readToEnd(LIMIT);
      return arrived.count();
    }
  }

  private static void compare(
      CentralCluster central, EdgeBox box, long records, long queued, Duration limit, Peaks peaks)
      throws IOException {
    long healed = System.nanoTime();
    long bytes = central.line().forwarded();
    try (Sequence arrived = new Sequence(central.bootstrapServers(), Load.TOPIC);
        Sequence collected = new Sequence(box.bootstrapServers(), Load.TOPIC)) {
      while (arrived.count() < records && System.nanoTime() - healed < limit.toNanos()) {
        arrived.read();
        peaks.sample();
      }
      long seconds = Duration.ofNanos(System.nanoTime() - healed).toSeconds();
      arrived.readToEnd(LIMIT);
      collected.readToEnd(limit);
      System.out.printf(
          "edge box: %d records, %d of them queued, caught up in %d s, %d KB over the line, at most"
              + " %d KB on the disk and %d MB of memory; lost %d, duplicated or out of order %d%n",
          arrived.count(),
          queued,
          seconds,
          (central.line().forwarded() - bytes) >> 10,
          peaks.disk() >> 10,
          peaks.memory() >> 20,
          arrived.missing(),
          arrived.duplicates());
      assertThat(arrived.missing()).as("lost").isZero();
      assertThat(arrived.duplicates()).as("duplicated or out of order").isZero();
      assertThat(arrived.count()).isEqualTo(records);
      assertThat(arrived.next()).isEqualTo(collected.next());
      assertThat(arrived.digest())
          .as("the same records in the same order")
          .isEqualTo(collected.digest());
    }
  }

  private static void awaitResults(CentralCluster central, WritableDevice press) {
    try (RecordReader results = new RecordReader(central.bootstrapServers(), "plant\\.results")) {
      results.awaitAll(
          "results of all commands", LIMIT, all -> state(all, "patient").equals("DONE"));
      List<Received> all = results.all();
      assertThat(state(all, "before")).isEqualTo("DONE");
      assertThat(state(all, "late")).isEqualTo("EXPIRED");
    }
    assertThat(press.written()).containsExactly(5, 22);
  }

  private static String state(List<Received> results, String command) {
    return results.stream()
        .filter(result -> result.text("command_id").equals(command))
        .map(result -> result.text("state"))
        .findFirst()
        .orElse("none");
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // The producer is flushed; a lost command fails the test.
  private static void command(CentralCluster central, String id, int value, String expires) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", central.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      String limit = expires.isEmpty() ? "" : ", \"expires\": \"" + expires + "\"";
      producer.send(
          new ProducerRecord<>(
              "commands",
              "press",
              "{\"device\": \"press\", \"tag\": \"setpoint\", \"value\": "
                  + value
                  + ", \"id\": \""
                  + id
                  + "\""
                  + limit
                  + "}"));
      producer.flush();
    }
  }

  private static Map<String, String> source(WritableDevice press) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.modbus.ModbusSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", "plant.${device}");
    config.put("status.topic", "plant.status");
    config.put("gap.topic", "plant.gaps");
    config.put("poll.interval.ms", "200");
    config.put("devices.press", press.url());
    config.put("tags.counter", "holding:0 uint16");
    return config;
  }

  private static Map<String, String> sink(EdgeBox box, WritableDevice press) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.modbus.ModbusSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", "commands");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("command.ttl.ms", Long.toString(TTL.toMillis()));
    config.put("result.topic", "plant.results");
    config.put("result.producer.bootstrap.servers", box.bootstrapServers());
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("devices.press", press.url());
    config.put("tags.setpoint", "holding:10 uint16 write=true min=0 max=120");
    return config;
  }
}
