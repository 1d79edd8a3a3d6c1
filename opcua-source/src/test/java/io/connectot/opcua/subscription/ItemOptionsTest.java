// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the keys and tag lines say of how a node is monitored is what the server is asked for. */
class ItemOptionsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String ANALOG = "Press1.Temperature";
  private static final String ARRAY = "Arrays.Int32";

  private static final ItemSettings ALL =
      new ItemSettings(
          Optional.of(Duration.ofMillis(250)),
          OptionalInt.of(77),
          Optional.of(false),
          Optional.of(Trigger.STATUS),
          Optional.of(new ItemDeadband(0.5, false)),
          Optional.empty(),
          Optional.empty());

  private static final ItemSettings RANGE =
      new ItemSettings(
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("2:4"),
          Optional.empty());

  /**
   * What a server has to have been asked for.
   *
   * @param deadband 0 where the filter has none
   */
  private record Expected(
      double sampling,
      int queue,
      boolean discardOldest,
      DataChangeTrigger trigger,
      DeadbandType type,
      double deadband,
      String range) {}

  /**
   * How a node is monitored.
   *
   * @param keys the connector's
   * @param line what the tag's line says
   * @param expected what the server is asked for
   */
  private record Options(
      String name, String node, Map<String, String> keys, ItemSettings line, Expected expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Options> options() {
    return List.of(
        // With a publishing interval of 50 ms: a queue for ten of them.
        new Options(
            "nothing",
            Counters.id(3),
            Map.of(),
            ItemSettings.DEFAULT,
            new Expected(-1, 10, true, null, null, 0, null)),
        new Options(
            "sampled as fast as can be",
            Counters.id(3),
            Map.of("opcua.sampling.interval.ms", "0"),
            ItemSettings.DEFAULT,
            new Expected(0, 100, true, null, null, 0, null)),
        new Options(
            "queue for an outage",
            Counters.id(3),
            Map.of("opcua.sampling.interval.ms", "10", "opcua.queue.outage.factor", "30"),
            ItemSettings.DEFAULT,
            new Expected(10, 150, true, null, null, 0, null)),
        new Options(
            "keys",
            ANALOG,
            Map.of(
                "opcua.sampling.interval.ms", "125",
                "opcua.queue.size", "33",
                "opcua.discard.oldest", "false",
                "opcua.trigger", "status-value-timestamp",
                "opcua.deadband", "2%"),
            ItemSettings.DEFAULT,
            new Expected(
                125,
                33,
                false,
                DataChangeTrigger.StatusValueTimestamp,
                DeadbandType.Percent,
                2,
                null)),
        new Options(
            "tag line",
            ANALOG,
            Map.of(),
            ALL,
            new Expected(
                250, 77, false, DataChangeTrigger.Status, DeadbandType.Absolute, 0.5, null)),
        new Options(
            "tag line before keys",
            ANALOG,
            Map.of(
                "opcua.sampling.interval.ms", "125",
                "opcua.queue.size", "33",
                "opcua.trigger", "status-value-timestamp",
                "opcua.deadband", "2%"),
            ALL,
            new Expected(
                250, 77, false, DataChangeTrigger.Status, DeadbandType.Absolute, 0.5, null)),
        new Options(
            "index range",
            ARRAY,
            Map.of(),
            RANGE,
            new Expected(-1, 10, true, null, null, 0, "2:4")));
  }

  @ParameterizedTest
  @MethodSource("options")
  void areAskedOfTheServer(Options options) throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, options.keys())) {
      rig.nodes.add(options.node());
      rig.items.put(options.node(), options.line());
      rig.connect();
      await().atMost(LONG).until(() -> !rig.values(options.node()).isEmpty());

      Expected expected = options.expected();
      MonitoredItemCreateRequest asked = asked(plant).get(0);
      assertThat(asked.getRequestedParameters().getSamplingInterval())
          .isEqualTo(expected.sampling());
      DataChangeFilter filter = filter(asked);
      assertThat(filter == null ? null : filter.getTrigger()).isEqualTo(expected.trigger());
      assertThat(filter == null ? null : DeadbandType.from(filter.getDeadbandType().intValue()))
          .isEqualTo(expected.type());
      assertThat(filter == null ? 0 : filter.getDeadbandValue()).isEqualTo(expected.deadband());

      BaseMonitoredItem<?> item = items(plant).get(0);
      assertThat(item.getReadValueId().getNodeId()).isEqualTo(plant.id(options.node()));
      assertThat(item.getReadValueId().getIndexRange()).isEqualTo(expected.range());
      assertThat(item.getQueueSize()).isEqualTo(expected.queue());
      assertThat(item.isDiscardOldest()).isEqualTo(expected.discardOldest());
    }
  }

  @Test
  void bringOnlyThePartOfAnArrayThatIsWanted() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of())) {
      rig.nodes.add(ARRAY);
      rig.items.put(ARRAY, RANGE);
      rig.connect();

      // For an array, the rig takes its length as the value.
      await().atMost(LONG).until(() -> rig.values(ARRAY).equals(List.of(3L)));
    }
  }

  @Test
  void areGivenUpWhereTheServerRefusesADeadband() throws Exception {
    try (PlantServer plant = PlantServer.start();
        EngineRig rig = new EngineRig(plant, Map.of("opcua.deadband", "5%"))) {
      rig.nodes.add(ANALOG);
      rig.items.put(ANALOG, deadband(new ItemDeadband(12.5, false)));
      // Without a range, there is nothing that it could be percent of.
      rig.nodes.add(Counters.id(3));
      rig.connect();
      await().atMost(LONG).until(() -> rig.values(Counters.id(3)).equals(List.of(0L)));
      plant.counters().advance(3);
      await().atMost(LONG).until(() -> rig.values(Counters.id(3)).equals(List.of(0L, 1L)));

      assertThat(plant.faults().requests(Service.MONITORED_ITEM_CREATE_MONITORED_ITEMS))
          .isEqualTo(2);
      assertThat(asked(plant)).hasSize(3);
      assertThat(asked(plant).get(2).getItemToMonitor().getNodeId())
          .isEqualTo(plant.id(Counters.id(3)));
      assertThat(filter(asked(plant).get(2))).isNull();
      assertThat(items(plant)).hasSize(2);
      assertThat(rig.bad()).isEmpty();
      // The other one keeps its own.
      await().atMost(LONG).until(() -> !rig.values(ANALOG).isEmpty());
      plant.set(ANALOG, 22.5);
      plant.set(ANALOG, 50.0);
      await().atMost(LONG).until(() -> rig.values(ANALOG).contains(50L));
      assertThat(rig.values(ANALOG)).containsExactly(21L, 50L);
    }
  }

  private static ItemSettings deadband(ItemDeadband deadband) {
    return new ItemSettings(
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(deadband),
        Optional.empty(),
        Optional.empty());
  }

  /** The items of all requests so far. */
  private static List<MonitoredItemCreateRequest> asked(PlantServer plant) {
    return plant.faults().itemsAskedFor();
  }

  private static List<BaseMonitoredItem<?>> items(PlantServer plant) {
    return plant.server().getSubscriptions().values().stream()
        .<BaseMonitoredItem<?>>flatMap(s -> s.getMonitoredItems().values().stream())
        .toList();
  }

  /** Null for none. */
  private static DataChangeFilter filter(MonitoredItemCreateRequest item) {
    ExtensionObject filter = item.getRequestedParameters().getFilter();
    return filter == null || filter.isNull()
        ? null
        : (DataChangeFilter) filter.decode(DefaultEncodingContext.INSTANCE);
  }
}
