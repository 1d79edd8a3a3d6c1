// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.PlantOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The worker is killed while values change, and comes back. With {@code -Dfull} it takes more
 * values.
 */
class OpcUaKillIT {
  private static final Duration DOWN = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int COUNTERS = 500;
  private static final int EACH = Boolean.getBoolean("full") ? 600 : 250;

  @Test
  void losesNothingThatTheServersQueueHolds() throws Exception {
    PlantOptions options = PlantOptions.DEFAULT.withCounters(COUNTERS).withHistory(false);
    try (Site site = Site.start();
        CountedPlant plant = new CountedPlant(site, options, EACH)) {
      Sequences.Count count = killWhileCounting(site, plant, "worker killed, no history");

      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
      assertThat(gaps(site, plant, "filled", "false")).as("gaps").isEmpty();
    }
  }

  @Test
  void readsFromHistoryWhatTheServersQueueLost() throws Exception {
    PlantOptions options = PlantOptions.DEFAULT.withCounters(COUNTERS);
    try (Site site = Site.start();
        CountedPlant plant = new CountedPlant(site, options, EACH)) {
      plant.config().put("opcua.queue.size", "10");
      Sequences.Count count = killWhileCounting(site, plant, "worker killed, history");

      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
    }
  }

  @Test
  void tellsWhatTheServersQueueLostAndNobodyKept() throws Exception {
    PlantOptions options = PlantOptions.DEFAULT.withCounters(COUNTERS).withHistory(false);
    try (Site site = Site.start();
        CountedPlant plant = new CountedPlant(site, options, EACH)) {
      plant.config().put("opcua.queue.size", "10");
      Sequences.Count count = killWhileCounting(site, plant, "worker killed, queue too short");

      assertThat(count.lost()).as("lost").isPositive();
      assertThat(count.outOfOrder()).as("out of order").isZero();
      assertThat(gaps(site, plant, "filled", "false"))
          .extracting(gap -> gap.text("tag"))
          .as("tags with a gap")
          .hasSizeGreaterThanOrEqualTo(COUNTERS);
    }
  }

  @Test
  void bringsNothingTwiceWithAnExactlyOnceWorker() throws Exception {
    PlantOptions options = PlantOptions.DEFAULT.withCounters(COUNTERS).withHistory(false);
    try (Site site =
            Site.start(worker -> worker.property("exactly.once.source.support", "enabled"));
        CountedPlant plant = new CountedPlant(site, options, EACH)) {
      plant.config().put("exactly.once.support", "required");
      Sequences.Count count = killWhileCounting(site, plant, "worker killed, exactly once");

      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.duplicated()).as("duplicated").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
    }
  }

  private static Sequences.Count killWhileCounting(Site site, CountedPlant plant, String what)
      throws IOException {
    plant.create(1);
    plant.count(PERIOD);
    plant.awaitCounted(EACH / 4);
    site.worker().kill();
    await("the worker to be down").pollDelay(DOWN).until(() -> true);
    site.worker().start();
    Sequences.Count count = plant.awaitEnd(what);
    assertThat(count.foreign()).as("not counted by the plant").isZero();
    return count;
  }

  private static List<Received> gaps(Site site, CountedPlant plant, String field, String value) {
    try (RecordReader news = site.reader(plant.name() + "\\.status")) {
      return news.all(record -> record.json().has("filled") && record.text(field).equals(value));
    }
  }
}
