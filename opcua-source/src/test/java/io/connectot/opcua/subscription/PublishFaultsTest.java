// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.model.Gap;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.junit.jupiter.api.Test;

/** What becomes of values when answers to publish requests do not come, or come too late. */
class PublishFaultsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int EVER = 1_000_000;
  private static final String NODE = Counters.id(3);

  /** How many messages the server keeps until they are acknowledged. */
  private static final int KEPT = 1024;

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(0, last).boxed().toList();
  }

  private static void advance(PlantServer plant, int times) {
    for (int i = 0; i < times; i++) {
      plant.counters().advance(3);
    }
  }

  private static EngineRig rig(PlantServer plant, String... more) {
    Map<String, String> config = new HashMap<>(Map.of("opcua.queue.size", "5000"));
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return new EngineRig(plant, config);
  }

  /** Connects, and waits for the first value of every node. */
  private static void connect(EngineRig rig) throws Exception {
    rig.connect();
    await()
        .atMost(LONG)
        .until(() -> rig.nodes.stream().noneMatch(node -> rig.values(node).isEmpty()));
  }

  private static void awaitValues(EngineRig rig, List<Long> values) {
    await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(NODE)).isEqualTo(values));
  }

  @Test
  void fetchesAgainWhatDidNotCome() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant).counters(5)) {
      connect(rig);
      plant.faults().loseMessages(1);
      advance(plant, 50);
      await().atMost(LONG).until(() -> plant.faults().lostMessages() == 1);
      advance(plant, 50);

      awaitValues(rig, upTo(100));
      assertThat(plant.faults().requests(Service.SUBSCRIPTION_REPUBLISH)).isPositive();
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void fillsFromHistoryWhatTheServerHasNoMore() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant).counters(5)) {
      connect(rig);
      dropMessage(plant);
      advance(plant, 50);

      awaitValues(rig, upTo(100));
      await().atMost(LONG).until(() -> !rig.gaps().isEmpty());
      assertThat(rig.gaps())
          .allMatch(Gap::filled)
          .allSatisfy(gap -> assertThat(gap.cause()).contains("no longer had message"))
          .anyMatch(gap -> gap.tag().orElseThrow().name().equals(NODE));
    }
  }

  @Test
  void tellsOfWhatTheServerHasNoMoreAndAsksForWhatIsThere() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant, "opcua.history.mode", "off").counters(5)) {
      connect(rig);
      dropMessage(plant);
      // Another node changes: what is missing of the first is found out without a change of it.
      plant.counters().advance(4);

      awaitValues(rig, List.of(0L, 50L));
      assertThat(plant.faults().requests(Service.METHOD_CALL)).isPositive();
      assertThat(rig.gaps())
          .filteredOn(gap -> gap.tag().orElseThrow().name().equals(NODE))
          .singleElement()
          .satisfies(gap -> assertThat(gap.filled()).isFalse())
          .satisfies(gap -> assertThat(gap.from()).isBefore(gap.to()));
    }
  }

  /** Loses 50 values in one message that is not to be had again. */
  private static void dropMessage(PlantServer plant) {
    plant.faults().fail(Service.SUBSCRIPTION_REPUBLISH, EVER, StatusCodes.Bad_MessageNotAvailable);
    plant.faults().loseMessages(EVER);
    advance(plant, 50);
    await().atMost(LONG).until(() -> plant.faults().lostValues() >= 50);
    plant.faults().loseMessages(0);
  }

  @Test
  void fillsFromHistoryWhatTheServerDidNotKeepForTheNextLifeOfTheTask() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant).counters(5)) {
      connect(rig);
      rig.hold(true);
      advance(plant, 50);
      await().atMost(LONG).until(() -> rig.onTheWay() == 50);
      rig.killTask();
      rig.hold(false);
      plant
          .faults()
          .fail(Service.SUBSCRIPTION_REPUBLISH, EVER, StatusCodes.Bad_MessageNotAvailable);
      rig.connect();

      // The server is asked for the present value: the node need not change.
      awaitValues(rig, upTo(50));
      await().atMost(LONG).until(() -> !rig.gaps().isEmpty());
      assertThat(rig.gaps()).allMatch(Gap::filled);
    }
  }

  @Test
  void fetchesNoMoreAheadOfKafkaThanTheServerKeeps() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant, "opcua.notifications.per.publish", "1").counters(5)) {
      connect(rig);
      rig.hold(true);
      advance(plant, 3 * KEPT);
      await().atMost(LONG).until(() -> rig.onTheWay() > KEPT);
      // What was asked for before it turned out still comes.
      await()
          .during(Duration.ofSeconds(2))
          .atMost(LONG)
          .until(() -> rig.onTheWay() <= KEPT + KEPT / 8);

      rig.hold(false);

      awaitValues(rig, upTo(3L * KEPT));
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void asksForLessAtATimeWhenTheServerSaysSo() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant, "opcua.items.per.subscription", "1").counters(10)) {
      plant.faults().fail(Service.SUBSCRIPTION_PUBLISH, 15, StatusCodes.Bad_TooManyPublishRequests);
      connect(rig);
      advance(plant, 100);

      awaitValues(rig, upTo(100));
      assertThat(rig.gaps()).isEmpty();
      assertThat(plant.faults().requests(Service.SUBSCRIPTION_PUBLISH)).isGreaterThan(15);
      assertThat(plant.sessions()).isEqualTo(1);
    }
  }

  @Test
  void givesUpAServerThatSaysNothing() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant).counters(5)) {
      connect(rig);
      plant.faults().silence(Service.SUBSCRIPTION_PUBLISH);

      ProtocolException loss = rig.awaitLoss();

      assertThat(loss).hasMessageContaining("nothing was heard of subscription");
      assertThat(loss.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(loss.status()).contains("Bad_Timeout");
      rig.disconnect();
      advance(plant, 50);
      plant.faults().clear();
      rig.connect();
      awaitValues(rig, upTo(50));
    }
  }
}
