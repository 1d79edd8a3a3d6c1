// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.connectot.core.model.Gap;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.subscription.EngineRig;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How holes are filled from histories of all kinds, and what is said where they are not. */
class HistoryBackfillTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int NODES = 5;
  private static final String NODE = Counters.id(3);

  /** Less than there are values while nobody reads. */
  private static final Map<String, String> SHORT_QUEUE = Map.of("opcua.queue.size", "10");

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(0, last).boxed().toList();
  }

  private static void advance(PlantServer plant, int counter, int times) {
    for (int i = 0; i < times; i++) {
      plant.counters().advance(counter);
    }
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> config = new HashMap<>(SHORT_QUEUE);
    config.put(key, value);
    return config;
  }

  private static void awaitValues(EngineRig rig, String node, List<Long> values) {
    await().atMost(LONG).untilAsserted(() -> assertThat(rig.values(node)).isEqualTo(values));
  }

  private static void connect(EngineRig rig) throws Exception {
    rig.connect();
    await()
        .atMost(LONG)
        .until(() -> rig.nodes.stream().noneMatch(node -> rig.values(node).isEmpty()));
  }

  /** How servers give out what does not fit into one answer. */
  private enum Paging {
    PAGES {
      @Override
      void set(PlantServer plant) {
        plant.historian().pageLimit(7);
      }
    },
    NO_CONTINUATION_POINTS {
      @Override
      void set(PlantServer plant) {
        plant.historian().continuationPoints(false);
      }
    },
    ONE_CONTINUATION_POINT {
      @Override
      void set(PlantServer plant) {
        plant.historian().pageLimit(7);
        plant.historian().maxContinuationPoints(1);
      }
    },
    CONTINUATION_POINTS_THAT_EXPIRE {
      @Override
      void set(PlantServer plant) {
        plant.historian().pageLimit(7);
        plant.historian().expirePoints(4);
      }
    },
    TWO_NODES_A_REQUEST {
      @Override
      void set(PlantServer plant) {
        plant.faults().enforce(Service.ATTRIBUTE_HISTORY_READ, 2);
      }
    };

    abstract void set(PlantServer plant);
  }

  @ParameterizedTest
  @EnumSource
  void readsAllPages(Paging paging) throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig =
            new EngineRig(plant, with("opcua.history.values.per.node", "7")).counters(NODES)) {
      paging.set(plant);
      connect(rig);
      kill(plant, rig);
      for (int i = 0; i < NODES; i++) {
        advance(plant, i, 100);
      }
      rig.connect();

      for (int i = 0; i < NODES; i++) {
        awaitValues(rig, Counters.id(i), upTo(100));
      }
      await().atMost(LONG).until(() -> rig.gaps().size() >= NODES);
      assertThat(rig.gaps()).allMatch(Gap::filled);
      assertThat(plant.faults().requests(Service.ATTRIBUTE_HISTORY_READ)).isGreaterThan(2);
      assertThat(rig.historicalValues(Counters.id(0)))
          .as("values between the last one before the end of the task and the first live one")
          .isNotEmpty()
          .doesNotContain(0L)
          .isSubsetOf(upTo(99));
    }
  }

  @Test
  void readsMoreValuesOfOneInstantThanFitIntoAnAnswer() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig =
            new EngineRig(plant, with("opcua.history.values.per.node", "7")).counters(NODES)) {
      plant.historian().continuationPoints(false);
      connect(rig);
      kill(plant, rig);
      DateTime instant = DateTime.now();
      for (long i = 1001; i <= 1020; i++) {
        plant.historian().store(NODE, value(i, instant));
      }
      advance(plant, 3, 30);
      rig.connect();

      List<Long> expected = new ArrayList<>(List.of(0L));
      LongStream.rangeClosed(1001, 1020).forEach(expected::add);
      expected.addAll(upTo(30).subList(1, 31));
      awaitValues(rig, NODE, expected);
    }
  }

  @Test
  void readsHistoryFromBeforeTheStartWhereThatIsWanted() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig =
            new EngineRig(plant, Map.of("opcua.history.start.ms", "3600000")).counters(NODES)) {
      store(plant, 1, Duration.ofHours(2));
      store(plant, 2, Duration.ofMinutes(40));
      store(plant, 3, Duration.ofMinutes(20));
      rig.connect();

      awaitValues(rig, NODE, List.of(2L, 3L, 0L));
      plant.counters().advance(3);
      awaitValues(rig, NODE, List.of(2L, 3L, 0L, 1L));
    }
  }

  @Test
  void fillsTheEndOfAGapThatIsLongerThanWanted() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig =
            new EngineRig(
                    plant,
                    Map.of(
                        "opcua.history.start.ms", "3600000",
                        "opcua.history.max.gap.ms", "1800000"))
                .counters(NODES)) {
      store(plant, 1, Duration.ofMinutes(50));
      store(plant, 2, Duration.ofMinutes(40));
      store(plant, 3, Duration.ofMinutes(20));
      rig.connect();

      awaitValues(rig, NODE, List.of(3L, 0L));
      List<Gap> gaps =
          rig.gaps().stream().filter(gap -> gap.tag().orElseThrow().name().equals(NODE)).toList();
      assertThat(gaps)
          .filteredOn(gap -> !gap.filled())
          .singleElement()
          .satisfies(gap -> assertThat(gap.cause()).contains("opcua.history.max.gap.ms"))
          .satisfies(
              gap ->
                  assertThat(Duration.between(gap.from(), gap.to()))
                      .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(40)));
      Gap unfilled = gaps.stream().filter(gap -> !gap.filled()).findFirst().orElseThrow();
      assertThat(gaps)
          .filteredOn(Gap::filled)
          .singleElement()
          .satisfies(gap -> assertThat(gap.from()).isEqualTo(unfilled.to()))
          .satisfies(
              gap ->
                  assertThat(Duration.between(gap.from(), gap.to()))
                      .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(21)));
    }
  }

  @Test
  void doesNotRunWithoutAHistoryThatIsRequired() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig =
            new EngineRig(plant, Map.of("opcua.history.mode", "required")).counters(NODES)) {
      rig.historyReadable = false;
      ProtocolException refusal = catchThrowableOfType(ProtocolException.class, rig::connect);
      assertThat(refusal.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(refusal)
          .hasMessageContaining(NODES + " nodes have no history")
          .hasMessageContaining("opcua.history.mode=auto");

      rig.disconnect();
      rig.historyReadable = true;
      connect(rig);
      assertThat(rig.values(NODE)).containsExactly(0L);
    }
  }

  @Test
  void tellsWhyAGapStaysWhenTheServerRefusesItsHistory() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, SHORT_QUEUE).counters(NODES)) {
      plant.historian().enabled(false);
      connect(rig);
      kill(plant, rig);
      advance(plant, 3, 100);
      rig.connect();
      await().atMost(LONG).until(() -> rig.values(NODE).contains(100L));
      advance(plant, 3, 1);
      await().atMost(LONG).until(() -> rig.values(NODE).contains(101L));

      assertThat(rig.gaps())
          .singleElement()
          .satisfies(gap -> assertThat(gap.filled()).isFalse())
          .satisfies(gap -> assertThat(gap.cause()).contains("Bad_HistoryOperationUnsupported"));
      assertThat(rig.values(NODE)).isSorted().doesNotHaveDuplicates().startsWith(0L);
    }
  }

  @Test
  void tellsOfTheValuesThatAQueueDroppedAtItsEnd() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, newest("off")).counters(NODES)) {
      connect(rig);
      kill(plant, rig);
      advance(plant, 3, 100);
      rig.connect();

      List<Long> kept = new ArrayList<>(upTo(9));
      kept.add(100L);
      awaitValues(rig, NODE, kept);
      assertThat(rig.gaps())
          .singleElement()
          .satisfies(gap -> assertThat(gap.filled()).isFalse())
          .satisfies(gap -> assertThat(gap.cause()).contains("queue"))
          .satisfies(gap -> assertThat(gap.from()).isEqualTo(instant(plant, 9)))
          .satisfies(gap -> assertThat(gap.to()).isEqualTo(instant(plant, 100)));
    }
  }

  @Test
  void fillsFromHistoryWhatAQueueDroppedAtItsEnd() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, newest("auto")).counters(NODES)) {
      connect(rig);
      kill(plant, rig);
      advance(plant, 3, 100);
      rig.connect();

      awaitValues(rig, NODE, upTo(100));
      await().atMost(LONG).until(() -> !rig.gaps().isEmpty());
      assertThat(rig.gaps()).singleElement().satisfies(gap -> assertThat(gap.filled()).isTrue());
    }
  }

  /** Kills the task; its session no longer takes values that the server should queue. */
  private static void kill(PlantServer plant, EngineRig rig) {
    rig.killTask();
    await().atMost(LONG).until(() -> plant.sessions() == 0);
  }

  private static Map<String, String> newest(String history) {
    Map<String, String> config = with("opcua.history.mode", history);
    config.put("opcua.discard.oldest", "false");
    return config;
  }

  /** When the counter had a number; numbers begin with 1 in the history. */
  private static Instant instant(PlantServer plant, int number) {
    return plant.historian().values(NODE).get(number - 1).sourceTime().getJavaInstant();
  }

  private static void store(PlantServer plant, long value, Duration ago) {
    plant.historian().store(NODE, value(value, new DateTime(Instant.now().minus(ago))));
  }

  private static DataValue value(long value, DateTime time) {
    return new DataValue(new Variant(value), StatusCode.GOOD, time, time);
  }
}
