// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ReportPolicy.Deadband;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.settings.OpcUaSourceConfig;
import io.connectot.opcua.subscription.node.SessionDependencies;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.junit.jupiter.api.Test;

class ServerSessionTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(0, last).boxed().toList();
  }

  private static void advance(PlantServer plant, int counter, int times) {
    for (int i = 0; i < times; i++) {
      plant.counters().advance(counter);
    }
  }

  @Test
  void deliversEveryValueInOrder() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of("opcua.queue.size", "1000")).counters(20)) {
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(19)).isEmpty());
      for (int i = 0; i < 20; i++) {
        advance(plant, i, 100);
      }
      for (int i = 0; i < 20; i++) {
        String node = Counters.id(i);
        await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(node)).isEqualTo(upTo(100)));
      }
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void goesOnWithTheSameSubscriptionAfterTheTaskDied() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = new EngineRig(plant, Map.of("opcua.queue.size", "1000")).counters(10)) {
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(9)).isEmpty());
      advance(plant, 3, 50);
      await().atMost(LONG).until(() -> rig.values(Counters.id(3)).size() == 51);
      rig.hold(true);
      advance(plant, 3, 50);
      advance(plant, 4, 50);
      await().atMost(LONG).until(() -> rig.onTheWay() == 100);
      rig.killTask();
      advance(plant, 3, 50);
      advance(plant, 5, 50);
      rig.hold(false);
      rig.connect();
      advance(plant, 4, 50);

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values(Counters.id(3))).isEqualTo(upTo(150)));
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values(Counters.id(4))).isEqualTo(upTo(100)));
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values(Counters.id(5))).isEqualTo(upTo(50)));
      assertThat(rig.values(Counters.id(0))).isEqualTo(upTo(0));
      assertThat(rig.gaps()).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void fillsFromHistoryWhatARestartedServerHadMeanwhile() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of("opcua.queue.size", "1000")).counters(10)) {
      rig.connect();
      advance(plant, 3, 50);
      await().atMost(LONG).until(() -> rig.values(Counters.id(3)).size() == 51);
      plant.stop();
      assertThat(rig.awaitLoss()).isNotNull();
      rig.disconnect();
      advance(plant, 3, 5000);
      plant.begin();
      rig.connect();
      advance(plant, 3, 50);

      await()
          .atMost(LONG)
          .untilAsserted(
              // The server gives the last value the time of its start.
              () ->
                  assertThat(rig.values(Counters.id(3)).stream().distinct().toList())
                      .isEqualTo(upTo(5100)));
      assertThat(rig.values(Counters.id(3))).isSorted();
      assertThat(rig.gaps()).isNotEmpty().allMatch(gap -> gap.filled());
    }
  }

  @Test
  void tellsOfAGapThatNobodyCanFill() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of("opcua.history.mode", "off")).counters(10)) {
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(3)).isEmpty());
      plant.stop();
      assertThat(rig.awaitLoss()).isNotNull();
      rig.disconnect();
      advance(plant, 3, 50);
      plant.begin();
      rig.connect();

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values(Counters.id(3))).containsExactly(0L, 50L));
      assertThat(rig.gaps())
          .anyMatch(gap -> gap.tag().orElseThrow().name().equals(Counters.id(3)))
          .noneMatch(gap -> gap.filled());
    }
  }

  @Test
  void goesOnAfterTheConnectionWasLost() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = new EngineRig(plant, Map.of("opcua.queue.size", "1000")).counters(10)) {
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(9)).isEmpty());
      for (int i = 0; i < 5; i++) {
        advance(plant, 3, 50);
        plant.dropConnections();
        assertThat(rig.awaitLoss()).isNotNull();
        rig.disconnect();
        advance(plant, 3, 50);
        rig.connect();
      }
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values(Counters.id(3))).isEqualTo(upTo(500)));
      assertThat(rig.gaps()).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void fillsFromHistoryWhatTheQueueDidNotHold() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of("opcua.queue.size", "10")).counters(5)) {
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(3)).isEmpty());
      rig.killTask();
      advance(plant, 3, 3000);
      rig.connect();
      advance(plant, 3, 10);

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values(Counters.id(3))).isEqualTo(upTo(3010)));
      assertThat(rig.gaps()).isNotEmpty().allMatch(gap -> gap.filled());
    }
  }

  @Test
  void repeatsValuesThatDoNotChangeWithTheirTime() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of()).counters(5)) {
      rig.report =
          new ReportPolicy(
              ReportPolicy.Mode.CHANGES, Deadband.NONE, Optional.of(Duration.ofMillis(100)));
      rig.connect();
      await().atMost(LONG).until(() -> rig.values(Counters.id(3)).size() >= 3);
      advance(plant, 3, 1);
      await()
          .atMost(LONG)
          .until(() -> rig.values(Counters.id(3)).stream().filter(v -> v == 1).count() >= 3);
      assertThat(rig.values(Counters.id(3))).isSorted();

      // After a restart the server sends nothing on its own.
      rig.restartTask();
      int before = rig.values(Counters.id(3)).size();
      rig.connect();
      await().atMost(LONG).until(() -> rig.values(Counters.id(3)).size() >= before + 3);
      assertThat(rig.gaps()).isEmpty();
    }
  }

  @Test
  void readsNodesAtAnIntervalWhereThatIsWanted() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of("opcua.mode", "poll")).counters(5)) {
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(3)).isEmpty());
      for (int i = 1; i <= 3; i++) {
        long next = i;
        plant.counters().advance(3);
        await().atMost(LONG).until(() -> rig.values(Counters.id(3)).contains(next));
      }
      assertThat(rig.values(Counters.id(3))).isEqualTo(upTo(3));
      assertThat(plant.subscriptions()).isZero();
    }
  }

  @Test
  void triesANodeAgainThatTheServerDoesNotHave() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig =
            new EngineRig(plant, Map.of("opcua.bad.node.retry.ms", "100")).counters(5)) {
      rig.nodes.add("Late.Node");
      rig.connect();
      await().atMost(LONG).until(() -> rig.bad().size() == 1);
      await().atMost(LONG).until(() -> !rig.values(Counters.id(3)).isEmpty());
      assertThat(rig.bad().get(0).status()).contains("Bad_NodeIdUnknown");

      plant.add("Late.Node", NodeIds.Int64, 7L);

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values("Late.Node")).containsExactly(7L));
    }
  }

  @Test
  void takesWhatTheServerTakes() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig =
            new EngineRig(
                    plant,
                    Map.of(
                        "opcua.items.per.subscription", "30",
                        "opcua.notifications.per.publish", "7"))
                .counters(100)) {
      plant.faults().enforce(Service.MONITORED_ITEM_CREATE_MONITORED_ITEMS, 13);
      rig.connect();
      await()
          .atMost(LONG)
          .until(() -> rig.nodes.stream().noneMatch(node -> rig.values(node).isEmpty()));
      for (int i = 0; i < 3; i++) {
        plant.counters().advanceAll();
      }
      for (String node : rig.nodes) {
        await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(node)).isEqualTo(upTo(3)));
      }
      assertThat(rig.gaps()).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(4);
    }
  }

  @Test
  void makesNewSubscriptionsWhereItMayNotTakeThemOver() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of("opcua.queue.size", "1000")).counters(5)) {
      plant
          .faults()
          .fail(Service.SUBSCRIPTION_TRANSFER_SUBSCRIPTIONS, 1, StatusCodes.Bad_ServiceUnsupported);
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(3)).isEmpty());
      rig.killTask();
      advance(plant, 3, 100);
      rig.connect();
      advance(plant, 3, 100);

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(rig.values(Counters.id(3))).isEqualTo(upTo(200)));
      assertThat(rig.gaps()).hasSize(1).allMatch(gap -> gap.filled());
    }
  }

  @Test
  void acknowledgesOnlyWhatIsInKafka() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of()).counters(5)) {
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(Counters.id(3)).isEmpty());
      rig.hold(true);
      for (int i = 1; i <= 2; i++) {
        int messages = i;
        advance(plant, 3, 1);
        await().atMost(LONG).until(() -> rig.onTheWay() == messages);
      }
      await().atMost(LONG).until(() -> unacknowledged(plant) == 2);
      // Keep-alives come with new requests, which acknowledge what may be acknowledged.
      await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> unacknowledged(plant) == 2);

      rig.hold(false);

      // All but the newest message.
      await().atMost(LONG).until(() -> unacknowledged(plant) == 1);
    }
  }

  @Test
  void oneOddServerFailsItsOwnAttemptOnly() {
    SessionDependencies dependencies =
        new SessionDependencies(
            () -> {
              throw new IllegalStateException("an answer without results");
            },
            null,
            null,
            Configuration.parse(OpcUaSourceConfig.KEYS.definition(), Map.of()),
            () -> 0);
    Device<OpcUaDevice> device =
        new Device<>(
            "press",
            "opc.tcp://odd:4840",
            new OpcUaDevice(List.of("opc.tcp://odd:4840")),
            Map.of());
    try (ServerSession session = new ServerSession(dependencies, List.of(device), null, "test-")) {
      assertThatThrownBy(() -> session.start(null))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("opc.tcp://odd:4840")
          .hasMessageContaining("an answer without results")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  private static int unacknowledged(PlantServer plant) {
    return plant.server().getSubscriptions().values().stream()
        .mapToInt(subscription -> subscription.getAvailableSequenceNumbers().length)
        .sum();
  }
}
