// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.Test;

class PlantServerTest {
  @Test
  void answersAndComesBackWithAnotherOrderOfNamespaces() throws Exception {
    try (PlantServer plant = PlantServer.start()) {
      assertThat(read(plant, "Press1.Temperature").value().value()).isEqualTo(21.5);
      plant.counters().advance(3);
      assertThat(read(plant, Counters.id(3)).value().value()).isEqualTo(1L);
      int before = plant.namespaceIndex();

      plant.restart(PlantOptions.DEFAULT.withNamespacesBefore("urn:a", "urn:b"));

      assertThat(plant.namespaceIndex()).isEqualTo(before + 2);
      assertThat(read(plant, Counters.id(3)).value().value()).isEqualTo(1L);
    }
  }

  private static DataValue read(PlantServer plant, String node) throws Exception {
    OpcUaClient client = OpcUaClient.create(plant.url());
    client.connect();
    try {
      return client.readValues(0, TimestampsToReturn.Both, List.of(plant.id(node))).get(0);
    } finally {
      client.disconnect();
    }
  }
}
