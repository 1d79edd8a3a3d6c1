// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.sparkplug;

import static io.connectot.it.sparkplug.SparkplugSetup.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.sparkplug.fixture.TahuNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The worker is killed while values arrive whose names only the births had. */
@Tag("full")
class SparkplugKillIT {
  private static final Duration DOWN = Duration.ofSeconds(5);
  private static final int SCAN_MILLIS = 50;
  private static final String TAG = "Counters/c0";

  @Test
  void aliasesKeepTheirNamesAndWhatIsMissingIsInGaps() throws Exception {
    try (Site site = Site.start(worker -> worker.property("offset.flush.interval.ms", "1000"));
        MqttBroker broker = new HiveMqBroker()) {
      broker.start();
      String name = site.uniqueName("killed");
      Map<String, String> config = SparkplugSetup.source(name, broker.url(), "active");
      config.put("sparkplug.rebirth.min.interval.ms", "600000");
      site.create(name, config, 1);
      try (TahuNode edge =
              new TahuNode(broker.url(), SparkplugSetup.GROUP, SparkplugSetup.NODE, null);
          RecordReader reader = site.reader(name + "(\\.gaps)?")) {
        edge.await(1, "born");
        edge.send("run " + SCAN_MILLIS);
        awaitBeyond(reader, name, 100);
        // A kill before the first offsets are stored would test nothing.
        await("offsets to be stored").pollDelay(Duration.ofSeconds(3)).until(() -> true);
        int asked = edge.lines("command").size();
        site.worker().kill();
        await("the worker to be down").pollDelay(DOWN).until(() -> true);
        site.worker().start();
        site.awaitRunning(name, 1);
        long now = reader.all(SparkplugSetup.counter(name, TAG)).size();
        awaitBeyond(reader, name, SparkplugSetup.value(last(reader, name)) + 20);
        edge.send("pause");
        long last = Long.parseLong(edge.await(1, "paused ").substring("paused ".length()));
        awaitBeyond(reader, name, last - 1);

        assertThat(now).isPositive();
        assertThat(tags(reader, name))
            .allMatch(tag -> tag.matches("Counters/c\\d|Node Control/Rebirth"));
        assertThat(edge.lines("command").size() - asked).isLessThanOrEqualTo(1);
        checkHolesAreInGaps(reader, name);
      }
    }
  }

  private static void awaitBeyond(RecordReader reader, String topic, long value) {
    reader.awaitAll(
        "a value beyond " + value,
        LIMIT,
        all ->
            all.stream()
                .filter(SparkplugSetup.counter(topic, TAG))
                .anyMatch(record -> SparkplugSetup.value(record) > value));
  }

  private static Received last(RecordReader reader, String topic) {
    List<Received> all = reader.all(SparkplugSetup.counter(topic, TAG));
    return all.get(all.size() - 1);
  }

  private static Set<String> tags(RecordReader reader, String topic) {
    return reader.all(record -> record.topic().equals(topic)).stream()
        .map(record -> record.text("tag"))
        .collect(Collectors.toSet());
  }

  private static void checkHolesAreInGaps(RecordReader reader, String topic) {
    List<Received> gaps =
        reader.all(
            record ->
                record.topic().equals(topic + ".gaps")
                    && record.text("device").equals(SparkplugSetup.DEVICE));
    List<Received> values = reader.all(SparkplugSetup.counter(topic, TAG));
    int holes = 0;
    for (int i = 1; i < values.size(); i++) {
      Received before = values.get(i - 1);
      Received after = values.get(i);
      if (SparkplugSetup.value(after) > SparkplugSetup.value(before) + 1) {
        holes++;
        assertThat(gaps)
            .as("gaps around %s and %s", before.json(), after.json())
            .anyMatch(
                gap ->
                    gap.json().path("gap_start").asLong()
                            <= before.json().path("ingest_time").asLong()
                        && gap.json().path("gap_end").asLong()
                            >= after.json().path("ingest_time").asLong());
      }
    }
    System.out.printf("%d holes in %d values, %d gaps%n", holes, values.size(), gaps.size());
    assertThat(holes).isPositive();
  }
}
