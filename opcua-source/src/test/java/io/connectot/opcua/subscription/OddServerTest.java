// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.model.Gap;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
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
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int EVER = 1_000_000;
  private static final String NODE = Counters.id(3);

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(0, last).boxed().toList();
  }

  private static void advance(PlantServer plant, int times) {
    for (int i = 0; i < times; i++) {
      plant.counters().advance(3);
    }
  }

  private static PlantServer plant(boolean history) {
    return PlantServer.start(PlantOptions.DEFAULT.withHistory(history));
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

  private static void awaitAll(EngineRig rig, long last) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(rig.values(NODE).stream().distinct()).isEqualTo(upTo(last)));
  }

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
