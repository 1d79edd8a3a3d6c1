// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.consumers.fixture.Consumers;
import io.connectot.consumers.fixture.Recipes;
import io.connectot.consumers.fixture.Sources;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rule of plain consumers: a state holds until valid_until, whatever becomes of the worker. */
@Tag("peers")
class ValidUntilIT {
  private static final long HEARTBEAT_MS = 1_000;

  @Test
  void devicesOfAKilledWorkerAreUnknownAfterTwoHeartbeats() throws IOException {
    try (Sources sources = new Sources();
        Site site = Consumers.start();
        RecordReader statuses = site.reader("device_status")) {
      for (String name : Sources.NAMES) {
        Map<String, String> config =
            sources.connector(name, Recipes.properties("json without schemas"));
        config.put("status.heartbeat.ms", Long.toString(HEARTBEAT_MS));
        site.create(name, config, 1);
      }
      Consumers.awaitTrue(
          "heartbeats of every device", () -> devicesWithHeartbeats(statuses.all()) == 4);

      site.worker().kill();
      long killed = System.currentTimeMillis();

      List<Received> all = statuses.all();
      for (Received status : all) {
        assertThat(status.json().path("valid_until").asLong())
            .as("%s", status.json())
            .isEqualTo(status.record().timestamp() + 2 * HEARTBEAT_MS);
      }
      Map<String, Received> newest = new TreeMap<>();
      all.forEach(status -> newest.put(status.key(), status));
      assertThat(newest).hasSize(4);
      newest.forEach(
          (path, status) -> {
            assertThat(status.text("path")).isEqualTo(path);
            assertThat(status.text("state")).as(path).isEqualTo("ONLINE");
            assertThat(isKnown(status, killed + 2 * HEARTBEAT_MS + 1)).as(path).isFalse();
          });
    }
  }

  /** What a consumer knows that looks at nothing but valid_until. */
  private static boolean isKnown(Received status, long now) {
    return now <= status.json().path("valid_until").asLong();
  }

  /** The number of devices whose state was repeated. */
  private static long devicesWithHeartbeats(List<Received> statuses) {
    Map<String, Integer> repetitions = new TreeMap<>();
    statuses.stream()
        .filter(status -> status.text("state").equals("ONLINE"))
        .forEach(
            status ->
                repetitions.merge(status.key() + " " + status.text("since"), 1, Integer::sum));
    return repetitions.values().stream().filter(count -> count >= 3).count();
  }
}
