// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kafka is unavailable for longer than the buffer lasts. */
@Tag("full")
class KafkaOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int TAGS = 100;
  private static final int BUFFER = 2_000;
  private static final int DEVICES = 2;
  private static final Duration OUTAGE = Duration.ofSeconds(40);

  /** Less than the size of the values read during the outage. */
  private static final double HEAP_GROWTH = 3_000_000;

  @Test
  void bufferStaysBoundedMissedScansAreReportedAndEverythingResumes() throws Exception {
    List<FaultyDevice> devices = List.of(new FaultyDevice(), new FaultyDevice());
    // Workers stop their tasks when they cannot reach Kafka for the heartbeat interval.
    try (Site site =
            Site.start(
                worker ->
                    worker
                        .property("heartbeat.interval.ms", "100000")
                        .property("session.timeout.ms", "300000"));
        WorkerJmx jmx = site.worker().jmx();
        RecordReader reader = site.reader("outage(\\.(status|gaps))?")) {
      Map<String, String> config = ModbusSetup.connector("outage", devices);
      config.put("status.topic", "outage.status");
      config.put("gap.topic", "outage.gaps");
      config.put("buffer.max.records", Integer.toString(BUFFER));
      // Small, so that the producer's own buffer does not absorb the whole outage.
      config.put("producer.override.buffer.memory", "1000000");
      config.put("producer.override.max.block.ms", "600000");
      ModbusSetup.addPattern(config, devices, 0, TAGS);
      site.create("outage", config, 1);
      reader.awaitAll("scans", LIMIT, all -> all.size() > 10 * TAGS);

      // Read in advance, because a reader waits long for an unavailable broker.
      int position = reader.position();
      site.kafka().stop();
      List<Double> fills = new ArrayList<>();
      List<Double> heaps = new ArrayList<>();
      long end = System.nanoTime() + OUTAGE.toNanos();
      await("the end of the outage")
          .atMost(OUTAGE.plus(LIMIT))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                Map<String, Double> metrics = jmx.pluginMetrics("outage", 0);
                fills.add(metrics.get("buffer-record-count"));
                heaps.add((double) jmx.heapUsedAfterCollection());
                return System.nanoTime() >= end && metrics.get("scan-missed-total") > 0;
              });
      assertThat(fills).as("records in the buffer").allMatch(fill -> fill <= BUFFER);
      assertThat(heaps.get(heaps.size() - 1) - heaps.get(heaps.size() / 2))
          .as("growth of the heap in the second half of the outage, in bytes")
          .isLessThan(HEAP_GROWTH);
      double missed = jmx.pluginMetrics("outage", 0).get("scan-missed-total");
      long outage = System.currentTimeMillis();
      site.kafka().start();

      reader.awaitAll(
          "a gap of each device",
          LIMIT,
          all -> all.stream().filter(gap -> isGapAt(gap, outage)).count() >= DEVICES);
      reader.awaitAll(
          "scans after the outage", LIMIT, all -> all.size() > position + 20 * DEVICES * TAGS);

      // A busy machine sometimes misses a scan, which is also reported.
      List<Received> gaps = reader.all(gap -> isGapAt(gap, outage));
      assertThat(gaps).as("gaps of the outage").hasSize(DEVICES);
      assertThat(gaps).extracting(gap -> gap.text("device")).doesNotHaveDuplicates();
      assertThat(gaps).allSatisfy(gap -> assertThat(gap.text("cause")).contains("Kafka"));
      assertThat(
              reader.all(KafkaOutageIT::isGap).stream()
                  .mapToLong(gap -> gap.json().get("missed_scans").asLong())
                  .sum())
          .as("missed scans in the gaps")
          .isGreaterThanOrEqualTo((long) missed);
      assertThat(scanGaps(reader.all())).as("pauses without values that no gap tells of").isEmpty();
      assertThat(site.rest().status("outage").isRunning(1)).isTrue();
    } finally {
      devices.forEach(FaultyDevice::close);
    }
  }

  @Test
  @Tag("campaign")
  void tasksThatTheWorkerGaveUpResumeAndTellWhatIsMissing() throws Exception {
    List<FaultyDevice> devices = List.of(new FaultyDevice(), new FaultyDevice());
    try (Site site = Site.start();
        RecordReader reader = site.reader("given-up(\\.(status|gaps))?")) {
      Map<String, String> config = ModbusSetup.connector("given-up", devices);
      config.put("status.topic", "given-up.status");
      config.put("gap.topic", "given-up.gaps");
      ModbusSetup.addPattern(config, devices, 0, TAGS);
      site.create("given-up", config, 1);
      reader.awaitAll("scans", LIMIT, all -> all.size() > 10 * TAGS);

      int position = reader.position();
      site.kafka().stop();
      await("the worker to stop the task, which ends its connections")
          .atMost(LIMIT)
          .until(() -> devices.stream().allMatch(device -> device.openConnections() == 0));
      site.kafka().start();
      reader.awaitAll(
          "scans after the outage", LIMIT, all -> all.size() > position + 20 * DEVICES * TAGS);

      assertThat(reader.all().stream().filter(KafkaOutageIT::isGap))
          .extracting(gap -> gap.text("device"))
          .contains("device1", "device2");
      assertThat(scanGaps(reader.all())).as("pauses without values that no gap tells of").isEmpty();
    } finally {
      devices.forEach(FaultyDevice::close);
    }
  }

  /** Pauses of more than one second between scans of a device that are not inside a gap. */
  private static List<String> scanGaps(List<Received> all) {
    List<String> found = new ArrayList<>();
    Map<String, Long> last = new HashMap<>();
    for (Received record : all) {
      if (!record.json().has("quality")) {
        continue;
      }
      String device = record.text("device");
      long time = record.json().get("event_time").asLong();
      Long before = last.put(device, time);
      if (before != null && time - before > 1_000 && !isTold(all, device, before, time)) {
        found.add(device + " " + before + " to " + time);
      }
    }
    return found;
  }

  private static boolean isTold(List<Received> all, String device, long from, long to) {
    return all.stream()
        .filter(KafkaOutageIT::isGap)
        .filter(gap -> gap.text("device").equals(device))
        .anyMatch(
            gap ->
                gap.json().get("gap_start").asLong() <= from + 200
                    && gap.json().get("gap_end").asLong() >= to - 200);
  }

  private static boolean isGapAt(Received record, long time) {
    return isGap(record)
        && record.json().get("gap_start").asLong() < time
        && record.json().get("gap_end").asLong() > time;
  }

  private static boolean isGap(Received record) {
    return record.json().has("missed_scans");
  }
}
