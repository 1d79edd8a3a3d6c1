// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantSecurity;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that allows one session, which a killed worker holds until it times out. */
class OneSessionTest {
  @TempDir private Path directory;

  @Test
  void losesNothingWhileTheSessionOfAKilledWorkerTimesOut() throws Exception {
    try (PlantServer plant =
            PlantServer.create(PlantOptions.DEFAULT.withCounters(1).withHistory(false));
        Cable cable = new Cable(plant.port());
        TaskRig task =
            new TaskRig(
                "opc.tcp://localhost:" + cable.port() + "/plant",
                directory.resolve("own"),
                Map.of(
                    "tags.c", PlantServer.address(Counters.id(0)),
                    "gap.topic", "gaps",
                    "status.topic", "status",
                    "opcua.session.timeout.ms", "3000",
                    "opcua.auth.type", "username",
                    "opcua.auth.username", PlantSecurity.USER,
                    "opcua.auth.password", PlantSecurity.PASSWORD))) {
      plant.limits().sessions(1);
      plant.begin();
      task.start();
      task.until(() -> numbers(task).contains(0L));

      cable.cut();
      task.stop();
      for (int i = 0; i < 50; i++) {
        plant.counters().advance(0);
      }
      task.start();
      task.until(() -> numbers(task).contains(50L));

      assertThat(numbers(task)).isEqualTo(LongStream.rangeClosed(0, 50).boxed().toList());
      assertThat(task.values("gaps")).isEmpty();
      assertThat(task.values("status"))
          .filteredOn(status -> "OFFLINE".equals(status.get("state")))
          .anySatisfy(
              status ->
                  assertThat(status.getString("cause"))
                      .contains("too many sessions")
                      .contains("opcua.session.timeout.ms"));
      assertThat(plant.subscriptions()).isEqualTo(1);
    }
  }

  private static List<Long> numbers(TaskRig task) {
    List<Long> numbers = new ArrayList<>();
    for (Struct value : task.values("plant")) {
      if (value.get("value_long") != null) {
        numbers.add(value.getInt64("value_long"));
      }
    }
    return numbers;
  }
}
