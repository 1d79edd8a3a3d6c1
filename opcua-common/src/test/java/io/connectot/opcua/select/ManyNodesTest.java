// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import org.junit.jupiter.api.Test;

/** As many nodes as a large plant has, and a thousand mistakes among them. */
class ManyNodesTest {
  private static final int NODES = 50_000;
  private static final int BAD = 1_000;

  @Test
  void browsesThemAll() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withCounters(NODES));
        SelectionSession session = SelectionSession.open(plant)) {
      SelectionRig rig = new SelectionRig().roots("/Objects/Counters");
      for (int i = 0; i < BAD; i++) {
        rig.tag("bad" + i, PlantServer.address("Nothing." + i));
        // Found by browsing too, and taken once.
        rig.tag("good" + i, PlantServer.address(Counters.id(i)));
      }

      Selection selection = rig.selector().select(session, rig.device);

      assertThat(selection.nodes()).hasSize(NODES);
      assertThat(selection.nodes())
          .extracting(MonitoredNode::stableId)
          .doesNotHaveDuplicates()
          .contains(PlantServer.address(Counters.id(NODES - 1)));
      assertThat(selection.missing())
          .hasSize(BAD)
          .allSatisfy(
              missing -> assertThat(missing.status()).isEqualTo("0x80340000 Bad_NodeIdUnknown"));
    }
  }
}
