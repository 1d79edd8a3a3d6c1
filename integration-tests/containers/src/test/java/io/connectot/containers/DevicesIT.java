// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.containers.fixture.Containers;
import io.connectot.containers.fixture.Machine;
import io.connectot.containers.fixture.PlantNetwork;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.quickstart.embedded.ConnectRest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Devices in their own containers, some of which lose their network. */
@Tag("peers")
@Containers
class DevicesIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static Map<String, String> polling(String type, String topic) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", type);
    config.put("tasks.max", "1");
    config.put("topic", topic);
    config.put("report", "all");
    config.put("poll.interval.ms", "200");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "1000");
    return config;
  }

  private static Map<String, String> modbus(String topic, String host) {
    Map<String, String> config = polling("io.connectot.modbus.ModbusSourceConnector", topic);
    config.put("modbus.request.timeout.ms", "1000");
    config.put("devices.meter", "tcp://" + host + ":502?unit=5");
    config.put("tags.counter", "holding:0 uint32");
    config.put("tags.temperature", "input:0 float32 unit=°C");
    config.put("tags.running", "coil:0");
    return config;
  }

  private static Map<String, String> s7(String topic, String host) {
    Map<String, String> config = polling("io.connectot.plc4x.Plc4xSourceConnector", topic);
    config.put("plc4x.request.timeout.ms", "1000");
    config.put("devices.press", "s7-light://" + host + "?remote-rack=0&remote-slot=1");
    config.put("tags.temperature", "%DB1.DBD0:REAL unit=°C");
    config.put("tags.torque", "%DB1.DBW4:INT");
    config.put("tags.closed", "%DB1.DBX6.2:BOOL");
    return config;
  }

  private static Map<String, String> opcUa(String topic, String host) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.opcua.OpcUaSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", topic);
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "1000");
    config.put("devices.hall", "opc.tcp://" + host + ":4840/plant");
    config.put("opcua.trust.auto.accept", "true");
    // The first connection generates a key pair, which takes longer than the connection test on a
    // busy machine.
    config.put("validate.connection", "false");
    config.put("tags.temperature", "/Objects/Press1/Temperature");
    config.put("tags.counter", "nsu=urn:connectot:plant;s=Counters.B000.C00000");
    return config;
  }

  private static Received awaitTag(RecordReader reader, int from, String tag, String quality) {
    return reader.awaitOne(
        tag + " to be " + quality,
        LIMIT,
        from,
        record -> record.text("tag").equals(tag) && record.text("quality").equals(quality));
  }

  /** The device leaves the network and returns, usually with another address. */
  private static void loseAndFindAgain(Machine device, RecordReader reader, String tag) {
    int connected = reader.position();
    device.disconnect();
    awaitTag(reader, connected, tag, "BAD");
    int disconnected = reader.position();
    device.connect();
    awaitTag(reader, disconnected, tag, "GOOD");
  }

  @Test
  void readsModbusAndComesBackWhenTheDeviceDoes(PlantNetwork plant) {
    String name = plant.uniqueName("modbus");
    try (Machine device = plant.startModbusDevice(name);
        RecordReader reader = plant.reader(name)) {
      plant.create(name, modbus(name, name), 1);

      assertThat(awaitTag(reader, 0, "counter", "GOOD").text("value_long"))
          .isEqualTo(Long.toString(4660L << 16 | 22136));
      assertThat(awaitTag(reader, 0, "temperature", "GOOD").json().path("value_double").asDouble())
          .isEqualTo(90.6);
      assertThat(awaitTag(reader, 0, "running", "GOOD").text("value_boolean")).isEqualTo("true");

      loseAndFindAgain(device, reader, "counter");
    } finally {
      plant.rest().delete(name);
    }
  }

  @Test
  void readsAnS7ControllerAndComesBackWhenItDoes(PlantNetwork plant) {
    String name = plant.uniqueName("s7x");
    try (Machine controller = plant.startS7Controller(name);
        RecordReader reader = plant.reader(name)) {
      plant.create(name, s7(name, name), 1);

      assertThat(awaitTag(reader, 0, "temperature", "GOOD").text("value_double")).isEqualTo("90.5");
      assertThat(awaitTag(reader, 0, "torque", "GOOD").text("value_long")).isEqualTo("-1234");
      assertThat(awaitTag(reader, 0, "closed", "GOOD").text("value_boolean")).isEqualTo("true");

      loseAndFindAgain(controller, reader, "torque");
    } finally {
      plant.rest().delete(name);
    }
  }

  @Test
  void readsAnOpcUaServerAndComesBackWhenItDoes(PlantNetwork plant) {
    String name = plant.uniqueName("opcua");
    try (Machine server = plant.startOpcUaServer(name);
        RecordReader reader = plant.reader(name)) {
      plant.create(name, opcUa(name, name), 1);

      assertThat(awaitTag(reader, 0, "temperature", "GOOD").text("value_double")).isEqualTo("21.5");
      awaitTag(reader, 0, "counter", "GOOD");

      loseAndFindAgain(server, reader, "counter");
    } finally {
      plant.rest().delete(name);
    }
  }

  @Test
  void refusesADeviceThatIsNotInTheNetwork(PlantNetwork plant) {
    String name = plant.uniqueName("nowhere");

    ConnectRest.Response response = plant.rest().put(name, modbus(name, name));

    assertThat(response.code()).isEqualTo(400);
    assertThat(response.message()).contains("devices.meter").contains(name);
  }
}
