// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static io.connectot.opcua.subscription.OddServers.EVER;
import static io.connectot.opcua.subscription.OddServers.LONG;
import static io.connectot.opcua.subscription.OddServers.NODE;
import static io.connectot.opcua.subscription.OddServers.advance;
import static io.connectot.opcua.subscription.OddServers.awaitAll;
import static io.connectot.opcua.subscription.OddServers.connectUntilAt;
import static io.connectot.opcua.subscription.OddServers.plant;
import static io.connectot.opcua.subscription.OddServers.rig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.model.Gap;
import io.connectot.opcua.testing.PlantServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that transfer subscriptions otherwise than the specification says. */
@Execution(ExecutionMode.CONCURRENT)
class OddTransferTest {
  static Stream<Arguments> nothingListed() {
    return Stream.of(
        Arguments.of(Named.of("an empty list", new UInteger[0])),
        Arguments.of(Named.of("no list", (Object) null)));
  }

  @ParameterizedTest
  @MethodSource("nothingListed")
  void fetchesMessagesThatATransferDoesNotList(UInteger[] available) throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_TRANSFER_SUBSCRIPTIONS,
              OddAnswers.transferWithoutMessages(available));
      for (long last = 10; last <= 30; last += 10) {
        rig.hold(true);
        for (int i = 0; i < 5; i++) {
          int before = rig.onTheWay();
          advance(plant, 2);
          await().atMost(LONG).until(() -> rig.onTheWay() == before + 2);
        }
        rig.killTask();
        rig.hold(false);
        assertThat(connectUntilAt(rig, last)).isEqualTo(1);
        awaitAll(rig, last);
      }
      assertThat(rig.values(NODE)).isSorted();
      assertThat(rig.gaps()).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "false, true"})
  void reportsMessagesThatTheServerDropsAtATransfer(boolean history, boolean goesOnAtOnce)
      throws Exception {
    try (PlantServer plant = plant(history);
        EngineRig rig = rig(plant)) {
      rig.historyReadable = history;
      connectUntilAt(rig, 0);
      advance(plant, 1);
      await().atMost(LONG).until(() -> rig.values(NODE).contains(1L));
      rig.hold(true);
      for (int i = 0; i < 5; i++) {
        int before = rig.onTheWay();
        advance(plant, 2);
        await().atMost(LONG).until(() -> rig.onTheWay() == before + 2);
      }
      rig.killTask();
      rig.hold(false);
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_TRANSFER_SUBSCRIPTIONS,
              OddAnswers.transferWithoutMessages(new UInteger[0]));
      plant
          .faults()
          .fail(Service.SUBSCRIPTION_REPUBLISH, EVER, StatusCodes.Bad_MessageNotAvailable);
      if (goesOnAtOnce) {
        advance(plant, 1);
        connectUntilAt(rig, 12);
      } else {
        rig.connect();
        int published = plant.faults().requests(Service.SUBSCRIPTION_PUBLISH);
        // Keep-alives come first; they show it already.
        await()
            .atMost(LONG)
            .until(() -> plant.faults().requests(Service.SUBSCRIPTION_PUBLISH) > published + 2);
        advance(plant, 1);
      }

      await().atMost(LONG).until(() -> rig.values(NODE).contains(12L));
      if (history) {
        awaitAll(rig, 12);
      }
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(rig.gaps())
                      .filteredOn(gap -> gap.tag().orElseThrow().name().equals(NODE))
                      .isNotEmpty()
                      .allMatch(gap -> gap.filled() == history));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reportsNothingWhenAServerKeepsWhatIsInKafkaToo(boolean killed) throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant)) {
      rig.historyReadable = false;
      connectUntilAt(rig, 0);
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_TRANSFER_SUBSCRIPTIONS,
              OddAnswers.transferWithoutMessages(new UInteger[0]));
      for (long i = 1; i <= 5; i++) {
        int before = plant.faults().requests(Service.SUBSCRIPTION_PUBLISH);
        // Everything but the newest message is acknowledged.
        await()
            .atMost(LONG)
            .until(() -> plant.faults().requests(Service.SUBSCRIPTION_PUBLISH) > before + 2);
        if (killed) {
          rig.killTask();
        } else {
          rig.restartTask();
        }
        advance(plant, 2);
        assertThat(connectUntilAt(rig, 2 * i)).isEqualTo(1);
      }
      awaitAll(rig, 10);
      assertThat(rig.values(NODE)).doesNotHaveDuplicates();
      assertThat(rig.gaps()).isEmpty();
      assertThat(rig.causes).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void makesANewSubscriptionWhenATransferredOneIsNumberedAnew(boolean killed) throws Exception {
    try (PlantServer plant = plant(true);
        EngineRig rig = rig(plant)) {
      AtomicLong newest = new AtomicLong();
      plant.answers().set(Service.SUBSCRIPTION_PUBLISH, OddAnswers.counting(newest));
      connectUntilAt(rig, 0);
      for (long i = 1; i <= 5; i++) {
        advance(plant, 1);
        long next = i;
        await().atMost(LONG).until(() -> rig.values(NODE).contains(next));
      }
      if (killed) {
        rig.killTask();
      } else {
        rig.restartTask();
      }
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_TRANSFER_SUBSCRIPTIONS,
              OddAnswers.transferWithoutMessages(new UInteger[0]));
      AtomicInteger made = new AtomicInteger();
      var anew = OddAnswers.numberedAnew(newest.get());
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_PUBLISH,
              (request, response) -> made.get() > 0 ? response : anew.of(request, response));
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_CREATE_SUBSCRIPTION,
              (request, response) -> {
                made.incrementAndGet();
                return response;
              });
      advance(plant, 3);

      assertThat(connectUntilAt(rig, 8)).isLessThanOrEqualTo(2);

      awaitAll(rig, 8);
      assertThat(rig.gaps()).allMatch(Gap::filled);
      assertThat(rig.causes).allSatisfy(cause -> assertThat(cause).contains("anew"));
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void reportsAMessageThatTheServerReplacesByAnother() throws Exception {
    try (PlantServer plant = plant(true);
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_REPUBLISH,
              (request, response) -> OddAnswers.republishedAnother(response));
      plant.faults().loseMessages(1);
      advance(plant, 50);
      await().atMost(LONG).until(() -> plant.faults().lostMessages() == 1);
      advance(plant, 50);

      awaitAll(rig, 100);
      await().atMost(LONG).until(() -> !rig.gaps().isEmpty());
      assertThat(rig.gaps()).allMatch(Gap::filled);
    }
  }
}
