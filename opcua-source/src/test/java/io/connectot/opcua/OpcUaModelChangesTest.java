// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.data.Struct;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that come, go and change their meaning while a task runs. */
class OpcUaModelChangesTest {
  @TempDir private Path pki;
  private PlantServer plant;

  @BeforeEach
  void startPlant() {
    plant = PlantServer.start();
  }

  @AfterEach
  void stopPlant() {
    plant.close();
  }

  private int items() {
    return plant.server().getSubscriptions().values().stream()
        .mapToInt(subscription -> subscription.getMonitoredItems().size())
        .sum();
  }

  @Test
  void readsANodeThatComesAndLeavesOneThatGoes() {
    Map<String, String> config = Map.of("opcua.browse.roots", "/Objects/Press1");
    try (TaskRig rig = new TaskRig(plant, pki, config).start()) {
      rig.until(() -> rig.values("plant", "tag").contains("Temperature"));
      rig.until(() -> items() > 1);
      int before = items();
      plant.add("Press1.Extra", NodeIds.Int32, 7);
      rig.until(() -> rig.values("plant", "tag").contains("Extra"));

      assertThat(items()).isEqualTo(before + 1);

      plant.remove("Press1.Extra");
      rig.until(() -> items() == before);

      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void findsAMissingTagAtOnceWhenItsNodeComes() {
    Map<String, String> config = Map.of("tags.extra", "/Objects/Press1/Extra");
    try (TaskRig rig = new TaskRig(plant, pki, config).start()) {
      rig.until(() -> rig.values("plant", "quality").contains("BAD"));
      plant.add("Press1.Extra", NodeIds.Int32, 7);
      rig.until(() -> rig.values("plant", "quality").contains("GOOD"));

      assertThat(rig.values("plant", "quality")).containsExactly("BAD", "GOOD");
    }
  }

  @Test
  void letsNodesBeWhereItIsTold() {
    Map<String, String> config =
        Map.of(
            "opcua.browse.roots", "/Objects/Press1", "opcua.browse.model.change.events", "false");
    try (TaskRig rig = new TaskRig(plant, pki, config).start()) {
      rig.until(() -> rig.values("plant", "tag").contains("Temperature"));

      assertThat(
              plant.server().getSubscriptions().values().stream()
                  .flatMap(subscription -> subscription.getMonitoredItems().values().stream())
                  .map(item -> item.getReadValueId().getNodeId()))
          .isNotEmpty()
          .doesNotContain(NodeIds.Server);
    }
  }

  /** SemanticsChanged and StructureChanged (OPC UA Part 4 §7.39). */
  @ParameterizedTest
  @ValueSource(longs = {0x4000, 0x8000})
  void readsUnitAndRangeAgainWhenTheServerSaysSo(long bit) {
    Map<String, String> config = Map.of("tags.temperature", "/Objects/Press1/Temperature");
    try (TaskRig rig = new TaskRig(plant, pki, config).start()) {
      rig.until(() -> !rig.values("plant").isEmpty());

      assertThat(last(rig).getString("unit")).isEqualTo("°C");

      plant.set(
          "Press1.Temperature.EngineeringUnits",
          encoded(
              new EUInformation(
                  "urn:units", 1, LocalizedText.english("K"), LocalizedText.NULL_VALUE)));
      plant.set("Press1.Temperature.EURange", encoded(new Range(273.0, 523.0)));
      plant.status("Press1.Temperature", bit);
      AtomicInteger kelvin = new AtomicInteger(300);
      rig.until(
          () -> {
            plant.set("Press1.Temperature", (double) kelvin.getAndIncrement());
            return "K".equals(last(rig).getString("unit"));
          });

      assertThat(last(rig).getString("attributes"))
          .contains("\"range.low\":\"273.0\"")
          .contains("\"range.high\":\"523.0\"");
      assertThat(rig.values("plant", "quality")).containsOnly("GOOD");
    }
  }

  private ExtensionObject encoded(
      org.eclipse.milo.opcua.stack.core.types.UaStructuredType structure) {
    return ExtensionObject.encode(plant.server().getStaticEncodingContext(), structure);
  }

  private static Struct last(TaskRig rig) {
    List<Struct> values = rig.values("plant");
    return values.get(values.size() - 1);
  }
}
