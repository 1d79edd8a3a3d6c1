// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.containers.fixture.Containers;
import io.connectot.containers.fixture.PlantNetwork;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests what a worker finds in the mounted folder. */
@Tag("peers")
@Containers
class PackIT {

  @Test
  void bringsAllConnectors(PlantNetwork plant) {
    Set<String> classes = new TreeSet<>();
    for (JsonNode plugin : plant.rest().plugins()) {
      classes.add(plugin.path("class").asText());
    }

    assertThat(classes)
        .contains(
            "io.connectot.modbus.ModbusSinkConnector",
            "io.connectot.modbus.ModbusSourceConnector",
            "io.connectot.mqtt.MqttSinkConnector",
            "io.connectot.mqtt.MqttSourceConnector",
            "io.connectot.opcua.OpcUaSinkConnector",
            "io.connectot.opcua.OpcUaSourceConnector",
            "io.connectot.plc4x.Plc4xSinkConnector",
            "io.connectot.plc4x.Plc4xSourceConnector",
            "io.connectot.sparkplug.SparkplugSinkConnector",
            "io.connectot.sparkplug.SparkplugSourceConnector");
  }
}
