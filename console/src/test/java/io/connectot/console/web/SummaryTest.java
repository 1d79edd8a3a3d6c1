// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.console.connector.ConnectorCatalog.Connector;
import io.connectot.console.record.PlantRecord.DeviceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers about many devices and connectors are of bounded size. */
class SummaryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static DeviceState device(int number, String state, Instant validUntil) {
    String name = "device%05d".formatted(number);
    return new DeviceState(
        "acme/" + name,
        name,
        "modbus",
        "area" + number % 10,
        state,
        state.equals("ONLINE") ? null : "the connection was refused",
        "tcp://10.0.0." + number,
        NOW.minusSeconds(60),
        validUntil);
  }

  /** Devices of which every one is offline whose number can be divided. */
  private static List<DeviceState> devices(int count, int offline) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                device(number, number % offline == 0 ? "OFFLINE" : "ONLINE", NOW.plusSeconds(60)))
        .toList();
  }

  @Test
  void theSummaryHasCountsAndTheFirstDevicesThatAreNotOnline() {
    JsonNode summary = PlantJson.deviceSummary(devices(20_000, 4), NOW);
    assertThat(summary.path("count").asInt()).isEqualTo(20_000);
    assertThat(summary.path("online").asInt()).isEqualTo(15_000);
    assertThat(summary.path("problems")).hasSize(50);
    assertThat(summary.path("omitted").asInt()).isEqualTo(4_950);
    assertThat(summary.at("/problems/1/device").asText()).isEqualTo("device00004");
    assertThat(summary.toString().length()).isLessThan(20_000);
  }

  @Test
  void aStateThatIsNotRepeatedIsUnknownAndAProblem() {
    JsonNode summary =
        PlantJson.deviceSummary(List.of(device(1, "ONLINE", NOW.minusSeconds(1))), NOW);
    assertThat(summary.path("online").asInt()).isZero();
    assertThat(summary.at("/problems/0/state").asText()).isEqualTo("UNKNOWN");
  }

  @Test
  void theListHasTheFirstDevicesAndThoseThatAreNotOnlineFirst() {
    JsonNode list = PlantJson.devices(devices(2_000, 100), "", NOW);
    assertThat(list.path("devices")).hasSize(500);
    assertThat(list.path("omitted").asInt()).isEqualTo(1_500);
    assertThat(list.at("/devices/19/state").asText()).isEqualTo("OFFLINE");
    assertThat(list.at("/devices/20/device").asText()).isEqualTo("device00001");
  }

  @Test
  void findsDevicesByPathEndpointAndConnector() {
    List<DeviceState> devices = devices(2_000, 100);
    assertThat(PlantJson.devices(devices, "DEVICE0000", NOW).path("devices")).hasSize(10);
    assertThat(PlantJson.devices(devices, "0.0.1999", NOW).path("devices")).hasSize(1);
    assertThat(PlantJson.devices(devices, "area7", NOW).path("devices")).hasSize(200);
    assertThat(PlantJson.devices(devices, "nothing", NOW).path("count").asInt()).isEqualTo(2_000);
  }

  @Test
  void theSummaryHasTheNumberOfFailedConnectorsAndTheNamesOfTheFirst() {
    List<Connector> connectors =
        IntStream.range(0, 1_000)
            .mapToObj(
                number ->
                    new Connector(
                        "c%03d".formatted(number),
                        "source",
                        number < 100 ? "FAILED" : "RUNNING",
                        List.of(),
                        Map.of()))
            .toList();
    JsonNode summary = ConnectorJson.summary(connectors);
    assertThat(summary.path("count").asInt()).isEqualTo(1_000);
    assertThat(summary.path("failed").asInt()).isEqualTo(100);
    assertThat(summary.path("failed_names")).hasSize(50);
    assertThat(summary.at("/failed_names/0").asText()).isEqualTo("c000");
  }

  @Test
  void aTagHasTheLinesOfItsConfiguration() {
    Connector connector =
        new Connector(
            "presses",
            "source",
            "RUNNING",
            List.of(),
            Map.of("devices.press1", "tcp://10.0.0.5", "tags.t", "holding:1", "tags.u", "coil:2"));
    assertThat(ConnectorJson.linesOf(Optional.of(connector), "press1", "t").toString())
        .isEqualTo("{\"devices.press1\":\"tcp://10.0.0.5\",\"tags.t\":\"holding:1\"}");
    assertThat(ConnectorJson.linesOf(Optional.empty(), "press1", "t")).isEmpty();
  }
}
