// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.model.Gap;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.opcua.testing.TransferFaults.Behaviour;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that get transfers of subscriptions wrong: each restart ends in values. */
class SubscriptionTransferTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String NODE = Counters.id(3);

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
    return new EngineRig(plant, config).counters(5);
  }

  private static int connectUntilAt(EngineRig rig, long last) throws InterruptedException {
    return rig.connectUntil(() -> rig.values(NODE).contains(last));
  }

  @ParameterizedTest
  @EnumSource(
      value = Behaviour.class,
      mode = Mode.EXCLUDE,
      names = {"NORMAL", "REPEATS_STATUS_CHANGE", "DROPS_CONNECTION_AFTERWARDS"})
  void makesANewSubscriptionAfterOneFruitlessTransfer(Behaviour behaviour) throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant.transfers().set(behaviour);
      rig.restartTask();
      advance(plant, 50);

      assertThat(connectUntilAt(rig, 50)).isLessThanOrEqualTo(2);

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(rig.values(NODE).stream().distinct()).isEqualTo(upTo(50)));
      assertThat(rig.gaps()).isNotEmpty().allMatch(Gap::filled);

      // The server is known now.
      rig.restartTask();
      advance(plant, 50);
      assertThat(connectUntilAt(rig, 100)).isEqualTo(1);
      assertThat(plant.transfers().asked()).isEqualTo(1);
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(rig.values(NODE).stream().distinct()).isEqualTo(upTo(100)));
      rig.restartTask();
      connectUntilAt(rig, 100);
      assertThat(plant.server().getSubscriptions().values())
          .filteredOn(subscription -> subscription.getLifetimeCount() * 50 > 60_000)
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void makesANewSubscriptionAfterAConnectionThatIsLostBehindTheTransfer() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant.transfers().set(Behaviour.DROPS_CONNECTION_AFTERWARDS);
      for (int i = 1; i <= 4; i++) {
        rig.restartTask();
        advance(plant, 50);
        long last = 50L * i;
        // Republished messages can have the last value before the server drops the connection.
        BooleanSupplier isThereAfterTheLoss =
            () -> rig.values(NODE).contains(last) && rig.causes.size() >= plant.transfers().asked();
        assertThat(rig.connectUntil(isThereAfterTheLoss))
            .as("restart %d", i)
            .isLessThanOrEqualTo(2);
        List<Long> expected = upTo(last);
        await()
            .atMost(LONG)
            .untilAsserted(
                () -> assertThat(rig.values(NODE).stream().distinct()).isEqualTo(expected));
      }
      // The network may have been the cause once.
      assertThat(plant.transfers().asked()).isEqualTo(2);
    }
  }

  @Test
  void transfersAgainAfterAConnectionThatTheNetworkLost() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      rig.restartTask();
      advance(plant, 50);
      assertThat(connectUntilAt(rig, 50)).isEqualTo(1);
      // Two more messages: after the second one the first is handled, and transfers are known to
      // work.
      for (long next : new long[] {51, 52}) {
        advance(plant, 1);
        await().atMost(LONG).until(() -> rig.values(NODE).contains(next));
      }
      plant.transfers().set(Behaviour.DROPS_CONNECTION_AFTERWARDS);
      rig.restartTask();
      advance(plant, 48);
      rig.connect();
      rig.awaitLoss();
      rig.disconnect();
      plant.transfers().set(Behaviour.NORMAL);

      assertThat(connectUntilAt(rig, 100)).isEqualTo(1);

      assertThat(rig.values(NODE)).isEqualTo(upTo(100));
      assertThat(rig.gaps()).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void skipsTheStatusChangeForTheFormerSession() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant.transfers().set(Behaviour.REPEATS_STATUS_CHANGE);
      for (int i = 1; i <= 10; i++) {
        rig.restartTask();
        advance(plant, 50);
        assertThat(connectUntilAt(rig, 50L * i)).isEqualTo(1);
      }
      assertThat(rig.values(NODE)).isEqualTo(upTo(500));
      assertThat(rig.gaps()).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        StatusCodes.Bad_ServiceUnsupported,
        StatusCodes.Bad_UserAccessDenied,
        StatusCodes.Bad_InternalError,
        StatusCodes.Bad_SubscriptionIdInvalid,
        StatusCodes.Bad_NothingToDo
      })
  void goesOnWhenTheServerRefusesTheService(long status) throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant.faults().fail(Service.SUBSCRIPTION_TRANSFER_SUBSCRIPTIONS, 1_000, status);
      for (int i = 1; i <= 3; i++) {
        rig.restartTask();
        advance(plant, 50);
        assertThat(connectUntilAt(rig, 50L * i)).isEqualTo(1);
      }
      await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(NODE)).isEqualTo(upTo(150)));
      assertThat(rig.gaps()).isNotEmpty().allMatch(Gap::filled);
      // The first one was left for the transfer; of the others the connector knew.
      assertThat(plant.subscriptions()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void goesOnAtAServerThatDoesNotModifySubscriptions() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant)) {
      plant
          .faults()
          .fail(
              Service.SUBSCRIPTION_MODIFY_SUBSCRIPTION,
              1_000_000,
              StatusCodes.Bad_ServiceUnsupported);
      connectUntilAt(rig, 0);
      for (int i = 1; i <= 2; i++) {
        rig.restartTask();
        advance(plant, 50);
        assertThat(connectUntilAt(rig, 50L * i)).isEqualTo(1);
      }
      assertThat(rig.values(NODE)).isEqualTo(upTo(100));
      assertThat(rig.gaps()).isEmpty();
      assertThat(rig.causes).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void endsInValuesWhenTheMessagesAreGone() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      rig.hold(true);
      advance(plant, 50);
      await().atMost(LONG).until(() -> rig.onTheWay() == 50);
      rig.killTask();
      rig.hold(false);
      plant
          .faults()
          .fail(Service.SUBSCRIPTION_REPUBLISH, 1_000_000, StatusCodes.Bad_MessageNotAvailable);
      // The server cannot send present values again either, so nothing would come of its own.
      plant.faults().fail(Service.METHOD_CALL, 1_000_000, StatusCodes.Bad_ServiceUnsupported);

      assertThat(connectUntilAt(rig, 50)).isLessThanOrEqualTo(2);

      await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(NODE)).isEqualTo(upTo(50)));
      await().atMost(LONG).until(() -> !rig.gaps().isEmpty());
      assertThat(rig.gaps()).allMatch(Gap::filled);
    }
  }

  @Test
  void deletesItsSubscriptionsWhereNobodyTransfersThem() throws Exception {
    for (String mode : List.of("history", "off")) {
      try (PlantServer plant = PlantServer.start();
          EngineRig rig = rig(plant, "opcua.resume.mode", mode)) {
        connectUntilAt(rig, 0);
        for (int i = 1; i <= 10; i++) {
          rig.restartTask();
          advance(plant, 10);
          connectUntilAt(rig, 10L * i);
          assertThat(plant.subscriptions()).as("mode %s, restart %d", mode, i).isEqualTo(1);
        }
        assertThat(plant.transfers().asked()).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "history, 500, 15000",
    "off, 500, 15000",
    "history, 10000, 30000",
    "transfer-then-history, 500, 3600000"
  })
  void livesAsLongAsALaterSessionMayNeedIt(String mode, String keepAlive, long lifetime)
      throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant, "opcua.resume.mode", mode, "opcua.keepalive.ms", keepAlive)) {
      connectUntilAt(rig, 0);

      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(plant.server().getSubscriptions().values())
                      .singleElement()
                      .satisfies(
                          subscription ->
                              assertThat(
                                      subscription.getLifetimeCount()
                                          * subscription.getPublishingInterval())
                                  .isEqualTo((double) lifetime)));
    }
  }

  @Test
  void leavesOneSubscriptionAtAServerThatDoesNotSayWhatItMonitors() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        EngineRig rig = rig(plant)) {
      plant.faults().fail(Service.METHOD_CALL, 1_000_000, StatusCodes.Bad_MethodInvalid);
      connectUntilAt(rig, 0);
      for (int i = 1; i <= 10; i++) {
        if (i == 3) {
          // A new subscription, in which the nodes that do not change have delivered nothing.
          plant.dropSessions(true);
        }
        rig.restartTask();
        advance(plant, 10);
        connectUntilAt(rig, 10L * i);
        await().atMost(LONG).until(() -> plant.subscriptions() == 1 && items(plant) == 5);
      }
    }
  }

  @Test
  void leavesNoSubscriptionBehindInWhichNothingChanged() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant.dropSessions(true);
      rig.restartTask();
      for (int i = 1; i <= 3; i++) {
        // Every value is in Kafka already: no offset names the new subscription.
        rig.connect();
        await().atMost(LONG).until(() -> items(plant) == 5);
        rig.restartTask();
        assertThat(plant.subscriptions()).as("restart %d", i).isEqualTo(1);
      }
      rig.connect();
      advance(plant, 10);
      await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(NODE)).isEqualTo(upTo(10)));
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void leavesNoSubscriptionBehindWhenItsOffsetsAreDeleted() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      for (int i = 1; i <= 3; i++) {
        rig.restartTask();
        rig.deleteOffsets();
        advance(plant, 10);
        assertThat(connectUntilAt(rig, 10L * i)).isEqualTo(1);
        assertThat(plant.subscriptions()).isEqualTo(1);
      }
      assertThat(rig.gaps()).isEmpty();
      assertThat(rig.historicalValues(NODE)).isEmpty();
    }
  }

  @Test
  void readsTheHistoryOfANodeFromAnOffsetThatIsSet() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      advance(plant, 10);
      await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(NODE)).isEqualTo(upTo(10)));
      // The newest message, which is not acknowledged, has values of its own.
      advance(plant, 1);
      await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(NODE)).isEqualTo(upTo(11)));
      rig.restartTask();
      rig.setOffset(NODE, Map.of("time", "2020-01-01T00:00:00Z"));
      advance(plant, 1);
      connectUntilAt(rig, 12);

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(rig.historicalValues(NODE)).containsAll(upTo(10).subList(1, 11)));
      assertThat(rig.values(Counters.id(1))).containsExactly(0L);
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void usesSubscriptionsWithAsManyItemsAsTheServerAllows() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      rig.nodes.clear();
      rig.counters(24);
      plant.quota().itemsPerSubscription(10);
      rig.connect();

      await()
          .atMost(LONG)
          .until(() -> rig.nodes.stream().noneMatch(node -> rig.values(node).isEmpty()));
      assertThat(rig.bad()).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(3);
    }
  }

  @Test
  void monitorsWhatASmallServerAllows() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      rig.nodes.clear();
      rig.counters(24);
      plant.quota().subscriptions(1).itemsPerSubscription(10).items(30);
      plant.limits().sessions(2);
      plant.faults().enforce(Service.MONITORED_ITEM_CREATE_MONITORED_ITEMS, 5);
      rig.connect();

      await().atMost(LONG).until(() -> rig.bad().size() == 14);
      await()
          .atMost(LONG)
          .until(
              () -> rig.nodes.stream().filter(node -> !rig.values(node).isEmpty()).count() == 10);
      assertThat(rig.bad())
          .allSatisfy(bad -> assertThat(bad.status()).contains("Bad_TooManyMonitoredItems"));
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void namesTheSubscriptionThatHoldsThePlace() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = rig(plant)) {
      plant.quota().subscriptions(1);
      connectUntilAt(rig, 0);
      plant
          .faults()
          .fail(
              Service.SUBSCRIPTION_TRANSFER_SUBSCRIPTIONS, 1_000, StatusCodes.Bad_UserAccessDenied);
      rig.killTask();

      assertThatThrownBy(rig::connect)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("allows no further subscription")
          .hasMessageContaining("which an earlier session of this connector left")
          .hasMessageContaining("tasks.max");
      rig.disconnect();

      plant.dropSessions(true);
      plant.quota().subscriptions(2);
      connectUntilAt(rig, 0);
    }
  }

  private static int items(PlantServer plant) {
    return plant.server().getSubscriptions().values().stream()
        .mapToInt(subscription -> subscription.getMonitoredItems().size())
        .sum();
  }
}
