// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole connector but for the worker, which the test is. */
class OpcUaSourceTaskTest {
  @TempDir private Path pki;

  private TaskRig rig(PlantServer plant) {
    Map<String, String> config = new HashMap<>(Map.of("gap.topic", "gaps"));
    for (int i = 0; i < 5; i++) {
      config.put("tags.c" + i, PlantServer.address(Counters.id(i)));
    }
    config.put("tags.temperature", "/Objects/Press1/Temperature");
    return new TaskRig(plant, pki, config);
  }

  private static List<Long> good(TaskRig rig, String tag) {
    return rig.values("plant").stream()
        .filter(value -> value.getString("tag").equals(tag))
        .filter(value -> value.getString("quality").equals("GOOD"))
        .map(value -> value.getFloat64("value_double").longValue())
        .toList();
  }

  private static void advance(PlantServer plant) {
    for (int i = 0; i < 100; i++) {
      plant.counters().advance(3);
    }
  }

  @Test
  void losesNothingAndRepeatsNothingOverRestarts() {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHistory(false));
        TaskRig rig = rig(plant)) {
      for (int life = 0; life < 3; life++) {
        long first = 200L * life;
        rig.start();
        rig.until(() -> good(rig, "c3").contains(first));
        // Of the second life, what comes now is not in Kafka when the task dies.
        rig.hold(life == 1);
        advance(plant);
        if (life == 1) {
          rig.until(() -> !rig.held().isEmpty());
        } else {
          rig.until(() -> good(rig, "c3").contains(first + 100));
        }
        rig.stop();
        rig.hold(false);
        advance(plant);
      }

      assertThat(good(rig, "c3")).isEqualTo(LongStream.rangeClosed(0, 500).boxed().toList());
      assertThat(good(rig, "temperature")).containsExactly(21L);
      assertThat(rig.values("gaps")).isEmpty();
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }
}
