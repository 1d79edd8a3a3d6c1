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
import static io.connectot.opcua.subscription.OddServers.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.model.Gap;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.testing.PlantServer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose answers are not those of the specification: each ends in values, or in gaps. */
@Execution(ExecutionMode.CONCURRENT)
class OddServerTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        StatusCodes.Bad_NoSubscription,
        StatusCodes.Bad_SessionClosed,
        StatusCodes.Bad_SessionIdInvalid,
        StatusCodes.Bad_TooManyPublishRequests,
        StatusCodes.Bad_TooManyOperations,
        StatusCodes.Bad_InternalError,
        StatusCodes.Bad_NoSubscription | 0x0400
      })
  void readsAgainAfterPublishWasRefusedInARow(long status) throws Exception {
    try (PlantServer plant = plant(true);
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      rig.restartTask();
      plant.faults().fail(Service.SUBSCRIPTION_PUBLISH, 7, status);
      advance(plant, 50);

      assertThat(connectUntilAt(rig, 50)).isLessThanOrEqualTo(8);

      awaitAll(rig, 50);
      assertThat(rig.gaps()).allMatch(Gap::filled);
      // Those of the sessions that ended do not stay.
      rig.restartTask();
      advance(plant, 10);
      connectUntilAt(rig, 60);
      assertThat(plant.server().getSubscriptions().values())
          .filteredOn(subscription -> subscription.getLifetimeCount() * 50 > 60_000)
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void doesNotFloodAServerThatAcceptsNoPublishRequest() throws Exception {
    try (PlantServer plant = plant(true);
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant
          .faults()
          .fail(Service.SUBSCRIPTION_PUBLISH, EVER, StatusCodes.Bad_TooManyPublishRequests);
      int before = plant.faults().requests(Service.SUBSCRIPTION_PUBLISH);

      ProtocolException loss = rig.awaitLoss();

      assertThat(loss).hasMessageContaining("nothing was heard of subscription");
      assertThat(plant.faults().requests(Service.SUBSCRIPTION_PUBLISH) - before).isLessThan(100);
      rig.disconnect();
      advance(plant, 50);
      plant.faults().clear();
      connectUntilAt(rig, 50);
      awaitAll(rig, 50);
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 0, 0", "0, 0, 0", "NaN, 1, 1", "-1, 3, 1", "50, 4294967295, 4294967295"})
  void readsWhatIsPublishedWithOddParameters(double interval, long lifetime, long keepAlive)
      throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant)) {
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_CREATE_SUBSCRIPTION,
              OddAnswers.revised(interval, lifetime, keepAlive));
      connectUntilAt(rig, 0);
      for (int i = 1; i <= 3; i++) {
        advance(plant, 10);
        rig.restartTask();
        assertThat(connectUntilAt(rig, 10L * i)).isEqualTo(1);
      }
      awaitAll(rig, 30);
      assertThat(rig.gaps()).isEmpty();
      assertThat(rig.causes).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        StatusCodes.Bad_Timeout,
        StatusCodes.Bad_Timeout | 0x0400,
        StatusCodes.Bad_OutOfService,
        StatusCodes.Good_SubscriptionTransferred,
        StatusCodes.Good_SubscriptionTransferred | 0x0400
      })
  void makesANewSubscriptionWhenTheServerEndsIt(long status) throws Exception {
    try (PlantServer plant = plant(true);
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant.answers().set(Service.SUBSCRIPTION_PUBLISH, OddAnswers.statusChanges(status, 3));
      advance(plant, 10);
      rig.awaitLoss();
      rig.disconnect();
      advance(plant, 10);

      assertThat(connectUntilAt(rig, 20)).isLessThanOrEqualTo(3);

      awaitAll(rig, 20);
      assertThat(rig.gaps()).allMatch(Gap::filled);
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void goesOnAfterAStatusChangeThatEndsNothing() throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant
          .answers()
          .set(
              Service.SUBSCRIPTION_PUBLISH,
              (request, response) ->
                  // Also of subscriptions that nobody transferred.
                  OddAnswers.statusChanges(StatusCodes.Good_CallAgain, 1).of(request, response));
      plant.counters().advance(2);
      await().atMost(LONG).until(() -> plant.faults().requests(Service.SUBSCRIPTION_PUBLISH) > 4);
      plant.answers().clear();
      advance(plant, 10);

      awaitAll(rig, 10);
    }
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        Arguments.of(Named.of("nothing", new Object[0])),
        Arguments.of(Named.of("empty lists", new Object[] {new UInteger[0], new UInteger[0]})),
        Arguments.of(
            Named.of(
                "lists of different lengths",
                new Object[] {new UInteger[0], new UInteger[] {UInteger.valueOf(1)}})),
        Arguments.of(Named.of("texts", new Object[] {"a", "b"})));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void losesNothingAtAServerThatListsItemsWrongly(Object[] lists) throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant)) {
      connectUntilAt(rig, 0);
      plant.answers().set(Service.METHOD_CALL, OddAnswers.outputs(lists));
      for (int i = 1; i <= 3; i++) {
        rig.restartTask();
        advance(plant, 10);
        assertThat(connectUntilAt(rig, 10L * i)).isEqualTo(1);
        await().atMost(LONG).until(() -> plant.subscriptions() == 1);
      }
      awaitAll(rig, 30);
      assertThat(rig.values(NODE)).isSorted();
    }
  }

  @Test
  void rejectsAnItemThatTheAnswerLeavesOut() throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant)) {
      plant
          .answers()
          .set(
              Service.MONITORED_ITEM_CREATE_MONITORED_ITEMS,
              (request, response) -> OddAnswers.withoutLastItem(response));
      connectUntilAt(rig, 0);

      await().atMost(LONG).until(() -> rig.bad().size() == 1);
      assertThat(rig.bad().get(0).status()).contains("Bad_UnknownResponse");
      advance(plant, 10);
      awaitAll(rig, 10);
      assertThat(rig.causes).isEmpty();
    }
  }

  @Test
  void readsNodesThatAnAnswerLeavesOutInSmallerRequests() throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant, "opcua.mode", "poll")) {
      plant.answers().set(Service.ATTRIBUTE_READ, OddAnswers.readsAtMost(2));
      rig.connect();

      await()
          .atMost(LONG)
          .until(() -> rig.nodes.stream().noneMatch(node -> rig.values(node).isEmpty()));
      advance(plant, 1);
      await().atMost(LONG).until(() -> rig.values(NODE).contains(1L));
      assertThat(rig.bad()).isEmpty();
      assertThat(rig.causes).isEmpty();
    }
  }

  @Test
  void reportsNodesThatEveryAnswerLeavesOut() throws Exception {
    try (PlantServer plant = plant(false);
        EngineRig rig = rig(plant, "opcua.mode", "poll")) {
      rig.connect();
      await().atMost(LONG).until(() -> rig.values(NODE).contains(0L));
      plant.answers().set(Service.ATTRIBUTE_READ, OddAnswers.readsAtMost(0));

      await().atMost(LONG).until(() -> rig.bad().size() >= 5);
      plant.answers().clear();
      advance(plant, 1);
      await().atMost(LONG).until(() -> rig.values(NODE).contains(1L));
      assertThat(rig.causes).isEmpty();
    }
  }

  static Stream<Arguments> histories() {
    ByteString continuation = ByteString.of(new byte[] {1});
    return Stream.of(
        history(
            "a continuation that never ends",
            results ->
                each(
                    results,
                    result ->
                        new HistoryReadResult(
                            StatusCode.GOOD, continuation, result.getHistoryData()))),
        history(
            "a continuation without values",
            results ->
                each(
                    results, result -> new HistoryReadResult(StatusCode.GOOD, continuation, null))),
        history("no result", results -> new HistoryReadResult[0]),
        history("null", results -> null),
        history(
            "no continuation points ever",
            results ->
                each(
                    results,
                    result ->
                        new HistoryReadResult(
                            new StatusCode(StatusCodes.Bad_NoContinuationPoints), null, null))),
        history(
            "data that cannot be decoded",
            results ->
                each(
                    results,
                    result ->
                        new HistoryReadResult(
                            StatusCode.GOOD,
                            null,
                            ExtensionObject.of(
                                ByteString.of(new byte[] {1, 2, 3}), new NodeId(0, 658))))),
        history(
            "a refusal",
            results ->
                each(
                    results,
                    result ->
                        new HistoryReadResult(
                            new StatusCode(StatusCodes.Bad_UserAccessDenied), null, null))));
  }

  private static Arguments history(String name, UnaryOperator<HistoryReadResult[]> results) {
    return Arguments.of(Named.of(name, results));
  }

  private static HistoryReadResult[] each(
      HistoryReadResult[] results, UnaryOperator<HistoryReadResult> change) {
    return Arrays.stream(results).map(change).toArray(HistoryReadResult[]::new);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void goesOnWhateverTheHistoryAnswers(UnaryOperator<HistoryReadResult[]> results)
      throws Exception {
    try (PlantServer plant = plant(true);
        EngineRig rig = rig(plant, "opcua.resume.mode", "history")) {
      connectUntilAt(rig, 0);
      plant.answers().set(Service.ATTRIBUTE_HISTORY_READ, OddAnswers.history(results));
      rig.restartTask();
      advance(plant, 10);

      assertThat(connectUntilAt(rig, 10)).isEqualTo(1);

      advance(plant, 10);
      await().atMost(LONG).until(() -> rig.values(NODE).contains(20L));
      // Either all values are there, or the gap is not called filled.
      if (!rig.values(NODE).containsAll(upTo(20))) {
        assertThat(rig.gaps())
            .filteredOn(gap -> gap.tag().orElseThrow().name().equals(NODE))
            .isNotEmpty()
            .noneMatch(Gap::filled);
      }
      assertThat(rig.causes).isEmpty();
    }
  }
}
