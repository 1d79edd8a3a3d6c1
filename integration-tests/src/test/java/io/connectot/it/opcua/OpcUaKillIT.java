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

  /** Less than there is while the worker is down. */
  private static final String SHORT_QUEUE = "10";

  private static final PlantOptions NO_HISTORY =
      PlantOptions.DEFAULT.withCounters(COUNTERS).withHistory(false);
  private static final PlantOptions FEW = PlantOptions.DEFAULT.withCounters(COUNTERS / 5);

  @Test
  void losesNothingThatTheServersQueueOrHistoryHoldsAndTellsOfTheRest() throws Exception {
    try (Site site = Site.start();
        CountedPlant queue = new CountedPlant(site, NO_HISTORY, EACH);
        CountedPlant history = new CountedPlant(site, FEW, EACH);
        CountedPlant nobody = new CountedPlant(site, FEW.withHistory(false), EACH)) {
      history.config().put("opcua.queue.size", SHORT_QUEUE);
      nobody.config().put("opcua.queue.size", SHORT_QUEUE);
      killWhileCounting(site, List.of(queue, history, nobody));

      checkOrder(queue, "worker killed, no history", 0);
      assertThat(unfilled(site, queue)).as("gaps that the queue covers").isEmpty();
      checkOrder(history, "worker killed, history", 0);
      int lost = checkOrder(nobody, "worker killed, queue too short", Integer.MAX_VALUE);
      assertThat(lost).as("lost").isPositive();
      assertThat(unfilled(site, nobody))
          .extracting(gap -> gap.text("tag"))
          .as("tags with a gap")
          .hasSizeGreaterThanOrEqualTo(FEW.counters());
    }
  }

  @Test
  void bringsNothingTwiceWithAnExactlyOnceWorker() throws Exception {
    try (Site site =
            Site.start(worker -> worker.property("exactly.once.source.support", "enabled"));
        CountedPlant plant = new CountedPlant(site, NO_HISTORY, EACH)) {
      plant.config().put("exactly.once.support", "required");
      killWhileCounting(site, List.of(plant));

      Sequences.Count count = plant.awaitEnd("worker killed, exactly once");
      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.duplicated()).as("duplicated").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
      assertThat(count.foreign()).as("not counted by the plant").isZero();
    }
  }

  private static void killWhileCounting(Site site, List<CountedPlant> plants) throws IOException {
    for (CountedPlant plant : plants) {
      plant.create(1);
    }
    plants.forEach(plant -> plant.count(PERIOD));
    plants.forEach(plant -> plant.awaitCounted(EACH / 4));
    site.worker().kill();
    await("the worker to be down").pollDelay(DOWN).until(() -> true);
    site.worker().start();
  }

  /** Says how many are lost, no more than {@code mostLost}. */
  private static int checkOrder(CountedPlant plant, String what, int mostLost) {
    Sequences.Count count = plant.awaitEnd(what);
    assertThat(count.lost()).as("lost, %s", what).isLessThanOrEqualTo(mostLost);
    assertThat(count.outOfOrder()).as("out of order, %s", what).isZero();
    assertThat(count.foreign()).as("not counted by the plant, %s", what).isZero();
    return count.lost();
  }

  private static List<Received> unfilled(Site site, CountedPlant plant) {
    try (RecordReader news = site.reader(plant.name() + "\\.status")) {
      return news.all(
          record -> record.json().has("filled") && record.text("filled").equals("false"));
    }
  }
}
