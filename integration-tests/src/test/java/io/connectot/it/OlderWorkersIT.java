// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same archive on workers of older Kafka, without what newer ones have for plugins. */
class OlderWorkersIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NAME = "older";
  private static final int TAGS = 20;

  @ParameterizedTest
  @ValueSource(strings = {"3.6", "3.9"})
  void readsReportsAndLeavesNothingBehind(String kafka) throws Exception {
    Path jars = Path.of("workers", "kafka-" + kafka, "target", "lib");
    try (FaultyDevice device = new FaultyDevice();
        Site site = Site.start(worker -> worker.jars(jars));
        WorkerJmx jmx = site.worker().jmx();
        RecordReader reader = site.reader(NAME + "(\\.status)?")) {
      Map<String, String> config = ModbusSetup.connector(NAME, List.of(device));
      config.put("status.topic", NAME + ".status");
      ModbusSetup.addPattern(config, List.of(device), 0, TAGS);
      site.create(NAME, config, 1);
      reader.awaitAll("scans", LIMIT, all -> all.size() > 5 * TAGS);

      assertThat(reader.all(record -> record.json().has("quality")))
          .allSatisfy(
              record -> {
                assertThat(record.text("quality")).isEqualTo("GOOD");
                assertThat(record.json().get("value_long").asInt())
                    .isEqualTo(ModbusSetup.expected(record.text("device"), record.text("tag")));
              });
      assertThat(jmx.pluginMetrics(NAME, 0))
          .containsEntry("device-online-count", 1.0)
          .hasEntrySatisfying("record-delivered-total", count -> assertThat(count).isPositive());

      device.switchOff();
      reader.awaitAll(
          "the device to be OFFLINE",
          LIMIT,
          all -> all.stream().anyMatch(record -> record.text("state").equals("OFFLINE")));

      site.rest().delete(NAME);
      await("threads to end")
          .atMost(LIMIT)
          .until(() -> jmx.threads("connect-ot-" + NAME + "-"), List::isEmpty);
      await("MBeans to go").atMost(LIMIT).until(() -> jmx.beans(NAME), List::isEmpty);
    }
  }
}
