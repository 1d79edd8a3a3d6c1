// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.quickstart.plant.broker.DeviceMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MqttDeviceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void roomSensorSendsTimeValueAndUnitAtLeastOnce() throws Exception {
    for (double seconds = 0; seconds < 900; seconds += 2) {
      List<DeviceMessage> messages = new RoomSensor("office1", 1, false).report(seconds, NOON);

      assertThat(messages)
          .extracting(DeviceMessage::topic)
          .containsExactly(
              "acme/munich/rooms/office1/temperature", "acme/munich/rooms/office1/humidity");
      assertThat(messages).allMatch(message -> message.qos() == 1 && !message.retained());
      JsonNode temperature = JSON.readTree(messages.get(0).payload());
      assertThat(temperature.path("time").asText()).isEqualTo("2026-11-21T12:00:00Z");
      assertThat(temperature.path("value").asDouble()).isBetween(19.0, 23.0);
      assertThat(temperature.path("unit").asText()).isEqualTo("°C");
    }
  }

  @Test
  void faultySensorNowAndThenSendsHalfAMessageBesideItsValues() {
    RoomSensor sensor = new RoomSensor("cleanroom1", 3, true);
    List<List<DeviceMessage>> reports =
        IntStream.range(0, 30).mapToObj(turn -> sensor.report(2 * turn, NOON)).toList();

    assertThat(reports).filteredOn(report -> report.size() == 3).hasSize(3);
    assertThatThrownBy(() -> JSON.readTree(reports.get(9).get(2).payload()))
        .isInstanceOf(JsonProcessingException.class);
    assertThat(reports).allMatch(report -> report.size() >= 2);
  }

  @Test
  void feederMeterSendsItsSamplesOldestFirst() throws Exception {
    DeviceMessage message = new FeederMeter("feeder1").report(10, NOON).get(0);

    JsonNode samples = JSON.readTree(message.payload()).path("samples");
    assertThat(samples).hasSize(8);
    assertThat(samples.findValuesAsText("tag"))
        .containsSequence("power", "reactive_power", "power", "reactive_power");
    assertThat(samples.findValuesAsText("time").stream().map(Instant::parse))
        .isSorted()
        .startsWith(NOON.minusMillis(1500))
        .endsWith(NOON);
    assertThat(samples.get(0).path("value").asDouble()).isBetween(50.0, 70.0);
  }

  @Test
  void gatewaySendsPlainNumbersOnTheLevelsOfATopic() {
    List<DeviceMessage> messages = new Gateway("gateway1").report(25, NOON);

    assertThat(messages)
        .extracting(DeviceMessage::topic)
        .allMatch(topic -> topic.matches("munich/packaging/\\w+/\\w+"));
    assertThat(Double.parseDouble(messages.get(0).payload())).isBetween(1.3, 1.5);
    assertThat(messages.get(2).payload()).isEqualTo("48003");
  }

  @Test
  void vehicleIsOutOfReachForAThirdOfTheTimeOnceEverythingHasStarted() throws Exception {
    Vehicle vehicle = new Vehicle("agv1");

    assertThat(vehicle.isReachable(25)).isTrue();
    assertThat(vehicle.isReachable(79.9)).isTrue();
    assertThat(vehicle.isReachable(80)).isFalse();
    assertThat(vehicle.isReachable(90)).isTrue();
    assertThat(vehicle.will()).get().matches(DeviceMessage::retained);
    assertThat(JSON.readTree(vehicle.will().orElseThrow().payload()).path("value").asText())
        .isEqualTo("OFFLINE");
    assertThat(vehicle.birth())
        .get()
        .extracting(DeviceMessage::topic)
        .asString()
        .endsWith("/status");
  }

  @Test
  void valveReportsThePositionThatItWasTold() throws Exception {
    Valve valve = new Valve("valve1");
    assertThat(valve.report(0, NOON)).as("without a command").isEmpty();

    valve.obey("{\"position\":12.5}".getBytes(StandardCharsets.UTF_8));
    valve.obey("{\"position\":80}".getBytes(StandardCharsets.UTF_8));
    List<DeviceMessage> answers = valve.report(0, NOON);

    assertThat(answers)
        .extracting(DeviceMessage::topic)
        .containsOnly("acme/munich/valves/valve1/position");
    assertThat(answers)
        .extracting(answer -> JSON.readTree(answer.payload()).path("value").asDouble())
        .containsExactly(12.5, 80.0);
    assertThat(valve.report(0, NOON)).isEmpty();
  }

  @Test
  void valveIgnoresWhatIsNoPosition() {
    Valve valve = new Valve("valve1");
    for (String command : List.of("{\"position\":101}", "{\"position\":\"5\"}", "7", "open", "")) {
      valve.obey(command.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(valve.report(0, NOON)).isEmpty();
  }
}
