// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are polled, with a row per scan. */
class OpcUaRowsTest {
  @TempDir private Path pki;

  private TaskRig rig(PlantServer plant) {
    return new TaskRig(
            plant,
            pki,
            Map.of(
                "record.layout", "row",
                "poll.interval.ms", "50",
                "gap.topic", "gaps",
                "tags.temperature", PlantServer.address("Press1.Temperature") + " type=float64",
                "tags.state", PlantServer.address("Press1.State") + " type=int32",
                "tags.second", PlantServer.address("Arrays.Int32") + " type=int32 index.range=1",
                "tags.text", PlantServer.address("Press1.State") + " type=string",
                "tags.later", PlantServer.address("Press1.Later") + " type=boolean",
                "opcua.bad.node.retry.ms", "1000"))
        .polling();
  }

  private static List<Struct> rows(TaskRig rig) {
    return rig.values("plant");
  }

  private static Struct last(TaskRig rig) {
    return rows(rig).get(rows(rig).size() - 1);
  }

  @Test
  void writesARowForEveryScan() {
    try (PlantServer plant = PlantServer.start();
        TaskRig rig = rig(plant)) {
      plant.set("Press1.Temperature", 21.5);
      plant.set("Press1.State", 2);
      rig.start();
      rig.until(() -> rows(rig).size() >= 3);

      Struct row = last(rig);
      assertThat(row.schema().field("temperature").schema())
          .isEqualTo(Schema.OPTIONAL_FLOAT64_SCHEMA);
      assertThat(row.schema().field("later").schema()).isEqualTo(Schema.OPTIONAL_BOOLEAN_SCHEMA);
      assertThat(row.getString("device")).isEqualTo("plant");
      assertThat(row.getFloat64("temperature")).isEqualTo(21.5);
      assertThat(row.getInt32("state")).isEqualTo(2);
      assertThat(row.getString("text")).isEqualTo("Fault");
      assertThat(row.getInt32("second")).isNotNull();
      // The node does not exist yet.
      assertThat(row.get("later")).isNull();
      assertThat(row.getString("tag_qualities")).isEqualTo("{\"later\":\"BAD\"}");

      plant.status("Press1.Temperature", StatusCodes.Bad_SensorFailure);
      plant.add("Press1.Later", new NodeId(0, 1), true);
      rig.until(() -> last(rig).get("temperature") == null && last(rig).get("later") != null);
      assertThat(last(rig).getString("quality")).isEqualTo("BAD");
      assertThat(last(rig).getString("tag_qualities")).isEqualTo("{\"temperature\":\"BAD\"}");
      assertThat(last(rig).getBoolean("later")).isTrue();
    }
  }

  @Test
  void reportsWhatIsMissingAfterAnOutageAndARestart() {
    try (PlantServer plant = PlantServer.start();
        TaskRig rig = rig(plant)) {
      rig.start();
      rig.until(() -> !rows(rig).isEmpty());
      plant.restart();
      rig.until(() -> !rig.values("gaps").isEmpty());

      int rows = rows(rig).size();
      int gaps = rig.values("gaps").size();
      rig.until(() -> rows(rig).size() > rows);
      rig.stop();
      rig.start();
      rig.until(() -> rig.values("gaps").size() > gaps);
      assertThat(rig.values("gaps", "device")).containsOnly("plant");
    }
  }
}
