// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of one plant that both keep its history, and one of them dies. */
class OpcUaFailoverTest {
  private static final String NODE = Counters.id(3);

  @TempDir private Path pki;

  /** Both servers get the same values with the same times. */
  private static void set(Instant start, int number, PlantServer... servers) {
    for (PlantServer server : servers) {
      server.set(NODE, (long) number, start.plusMillis(number));
    }
  }

  private static List<Long> values(TaskRig rig) {
    return rig.values("plant").stream()
        .filter(value -> value.getString("quality").equals("GOOD"))
        .map(value -> value.getFloat64("value_double").longValue())
        .toList();
  }

  @Test
  void goesOnFromTheSecondServerWithoutLosingAValue() {
    try (PlantServer first = PlantServer.start();
        PlantServer second = PlantServer.start();
        TaskRig rig =
            new TaskRig(
                first,
                pki,
                Map.of(
                    "devices.plant",
                    first.url() + "," + second.url(),
                    "gap.topic",
                    "gaps",
                    "tags.c3",
                    PlantServer.address(NODE)))) {
      rig.start();
      rig.until(() -> values(rig).contains(0L));
      // Later than both began.
      Instant start = Instant.now();
      for (int i = 1; i <= 50; i++) {
        set(start, i, first, second);
      }
      rig.until(() -> values(rig).contains(50L));

      first.stop();
      for (int i = 51; i <= 100; i++) {
        set(start, i, second);
      }
      rig.until(() -> values(rig).contains(100L));
      for (int i = 101; i <= 150; i++) {
        set(start, i, second);
      }
      rig.until(() -> values(rig).contains(150L));

      assertThat(values(rig)).isEqualTo(LongStream.rangeClosed(0, 150).boxed().toList());
      List<Struct> gaps = rig.values("gaps");
      assertThat(gaps).isNotEmpty().allMatch(gap -> gap.getBoolean("filled"));
    }
  }
}
