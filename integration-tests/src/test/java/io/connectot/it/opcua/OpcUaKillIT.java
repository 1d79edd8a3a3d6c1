// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.opcua.CounterTally.Hole;
import io.connectot.opcua.testing.PlantOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The worker is killed while values change, and restarted. With {@code -Dcampaign} there are more
 * values.
 */
@Tag("full")
class OpcUaKillIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration DOWN = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int COUNTERS = 500;
  private static final int EACH = Boolean.getBoolean("campaign") ? 600 : 250;

  /** Smaller than the number of values while the worker is down. */
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
      checkEveryHoleIsReported(site, nobody);
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

  /** Returns how many values are lost, at most {@code mostLost}. */
  private static int checkOrder(CountedPlant plant, String what, int mostLost) {
    Sequences.Count count = plant.awaitEnd(what);
    assertThat(count.lost()).as("lost, %s", what).isLessThanOrEqualTo(mostLost);
    assertThat(count.outOfOrder()).as("out of order, %s", what).isZero();
    assertThat(count.foreign()).as("not counted by the plant, %s", what).isZero();
    return count.lost();
  }

  private static List<Received> unfilled(Site site, CountedPlant plant) {
    try (RecordReader news = site.reader(plant.name() + "\\.(status|gaps)")) {
      // Before and after the worker was killed.
      return news
          .awaitAll(
              "the states of the plant",
              LIMIT,
              all ->
                  all.stream()
                          .filter(record -> record.json().path("state").asText().equals("ONLINE"))
                          .count()
                      > 1)
          .stream()
          .filter(OpcUaKillIT::isUnfilled)
          .toList();
    }
  }

  private static void checkEveryHoleIsReported(Site site, CountedPlant plant) {
    List<Hole> holes = plant.tally().holes();
    assertThat(holes)
        .extracting(Hole::tag)
        .as("counters that miss numbers")
        .contains(IntStream.range(0, FEW.counters()).mapToObj(i -> "C" + i).toArray(String[]::new));
    try (RecordReader news = site.reader(plant.name() + "\\.(status|gaps)")) {
      await("every hole to be in a gap")
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                List<Received> gaps = news.all(OpcUaKillIT::isUnfilled);
                assertThat(holes)
                    .allSatisfy(
                        hole ->
                            assertThat(gaps).as(hole.toString()).anyMatch(g -> covers(g, hole)));
              });
    }
  }

  private static boolean isUnfilled(Received record) {
    return record.json().has("filled") && record.text("filled").equals("false");
  }

  private static boolean covers(Received gap, Hole hole) {
    return gap.text("tag").equals(hole.tag())
        && gap.json().path("gap_start").asLong() <= hole.after().toEpochMilli()
        && gap.json().path("gap_end").asLong() >= hole.until().toEpochMilli();
  }
}
