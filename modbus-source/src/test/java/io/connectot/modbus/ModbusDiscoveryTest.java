// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Quality;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Candidate;
import io.connectot.core.spi.discovery.Finding.Endpoint;
import io.connectot.core.spi.discovery.TagReading;
import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.testing.SimulatedUnit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModbusDiscoveryTest {
  private final ModbusDiscovery discovery = new ModbusDiscovery();
  private final DiscoveryRun run = new DiscoveryRun(1000);
  private SimulatedModbusServer server;
  private SimulatedUnit unit;

  @BeforeEach
  void start() throws IOException {
    server = SimulatedModbusServer.tcp();
    unit = server.unit(1);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private DiscoveryRequest request(
      String method, Map<String, String> config, Map<String, String> parameters) {
    return new DiscoveryRequest(method, server.url() + "?unit=1", config, "", parameters);
  }

  private List<Candidate> candidates() {
    return run.findings().stream().map(Candidate.class::cast).toList();
  }

  private static TagReading reading(Candidate candidate, String label) {
    return candidate.readings().stream()
        .filter(reading -> reading.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isFoundByTheConsole() {
    assertThat(ServiceLoader.load(Discovery.class))
        .hasAtLeastOneElementOfType(ModbusDiscovery.class);
  }

  @Test
  void showsRegistersInEveryTypeAndOrder() throws Exception {
    unit.set(ModbusTable.HOLDING_REGISTER, 10, 0x41AC, 0x0000, 0xFFFE, 0x0539);
    discovery.discover(request("registers", Map.of(), Map.of("start", "10", "count", "4")), run);

    assertThat(candidates()).hasSize(4);
    Candidate first = candidates().get(0);
    assertThat(first.name()).isEqualTo("holding_10");
    assertThat(first.keyPrefix()).isEqualTo("tags.");
    assertThat(first.readings().get(0).line()).isEqualTo("holding:10 uint16");
    assertThat(reading(first, "raw").value()).isEqualTo("41ac");
    assertThat(reading(first, "float32 ABCD").value()).isEqualTo("21.5");
    assertThat(reading(first, "uint16 BADC").value()).isEqualTo("44097");
    assertThat(reading(first, "uint16 BADC").line()).isEqualTo("holding:10 uint16 order=BADC");
    Candidate third = candidates().get(2);
    assertThat(reading(third, "int16").value()).isEqualTo("-2");
    assertThat(reading(third, "uint32 CDAB").value()).isEqualTo(Long.toString(0x0539FFFEL));
    assertThat(third.readings())
        .as("types of four registers do not fit")
        .noneMatch(reading -> reading.label().startsWith("int64"));
    assertThat(first.readings()).anyMatch(reading -> reading.label().startsWith("int64"));
  }

  @Test
  void everyLineIsReadAsItWasShown() throws Exception {
    unit.fill(0x3535);
    discovery.discover(
        request(
            "registers",
            Map.of("modbus.byte.order", "CDAB", "modbus.address.base", "1"),
            Map.of("count", "8")),
        run);
    for (Candidate candidate : candidates()) {
      for (TagReading reading : candidate.readings()) {
        assertThat(ReadBack.of(server.url(), reading.line(), "CDAB", 1))
            .as(reading.line())
            .isEqualTo(reading.value());
      }
    }
  }

  @Test
  void aRegisterThatDoesNotExistHidesNoOther() throws Exception {
    unit.set(ModbusTable.INPUT_REGISTER, 5, 7).illegal(ModbusTable.INPUT_REGISTER, 3, 1);
    discovery.discover(request("registers", Map.of(), Map.of("table", "input", "count", "6")), run);
    assertThat(candidates()).hasSize(6);
    TagReading missing = candidates().get(3).readings().get(0);
    assertThat(missing.quality()).isEqualTo(Quality.BAD);
    assertThat(missing.status()).isEqualTo("2 ILLEGAL_DATA_ADDRESS");
    assertThat(candidates().get(5).readings().get(0).value()).isEqualTo("7");
    assertThat(candidates().get(2).readings())
        .as("nothing is joined over the hole")
        .noneMatch(reading -> reading.label().startsWith("uint32"));
  }

  @Test
  void showsCoils() throws Exception {
    unit.set(ModbusTable.COIL, 0, 0, 1);
    discovery.discover(request("registers", Map.of(), Map.of("table", "coil", "count", "2")), run);
    assertThat(candidates())
        .extracting(candidate -> candidate.readings().get(0).line())
        .containsExactly("coil:0", "coil:1");
    assertThat(candidates())
        .extracting(candidate -> candidate.readings().get(0).value())
        .containsExactly("false", "true");
  }

  @Test
  void findsTheUnitsThatAnswer() throws Exception {
    server.unit(3);
    server.unit(4).illegal(ModbusTable.HOLDING_REGISTER, 0, 100);
    discovery.discover(
        request("units", Map.of(), Map.of("first", "1", "last", "5", "timeout", "50")), run);
    assertThat(run.findings())
        .extracting(finding -> ((Endpoint) finding).address())
        .containsExactly(
            server.url() + "?unit=1", server.url() + "?unit=3", server.url() + "?unit=4");
    assertThat(((Endpoint) run.findings().get(2)).title()).contains("2 ILLEGAL_DATA_ADDRESS");
  }

  @Test
  void readsTheSunSpecModelsThatADeviceHas() throws Exception {
    unit.set(ModbusTable.HOLDING_REGISTER, 40000, 0x5375, 0x6E53, 103, 50);
    unit.set(ModbusTable.HOLDING_REGISTER, 40002 + 14, 1234, 0xFFFF);
    unit.set(ModbusTable.HOLDING_REGISTER, 40002 + 20, 0x8000);
    unit.set(ModbusTable.HOLDING_REGISTER, 40054, 0xFFFF);
    discovery.discover(request("sunspec", Map.of(), Map.of()), run);
    Candidate power =
        candidates().stream()
            .filter(candidate -> candidate.name().equals("inverter_W"))
            .findFirst()
            .orElseThrow();
    assertThat(power.readings().get(0).line()).isEqualTo("sunspec:inverter.W");
    assertThat(power.readings().get(0).value()).isEqualTo("123.4");
    assertThat(candidates())
        .as("points that the device has not implemented")
        .noneMatch(candidate -> candidate.name().equals("inverter_VAr"));
    assertThat(run.progress()).contains("103");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(
            () -> discovery.discover(request("registers", Map.of(), Map.of("count", "126")), run))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("count=126: must be a whole number from 1 to 125");
    assertThatThrownBy(() -> discovery.discover(request("sunspec", Map.of(), Map.of()), run))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("is no SunSpec device");
  }

  /** Closing the connection ends a request that is not answered. */
  @Test
  void endsWhenItIsCancelled() {
    server.fault(transaction -> run.cancel());
    assertThatThrownBy(
            () ->
                discovery.discover(
                    request("registers", Map.of("modbus.request.timeout.ms", "60000"), Map.of()),
                    run))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void writesNothing() throws Exception {
    discovery.discover(request("registers", Map.of(), Map.of()), run);
    assertThat(server.counters().functions()).containsOnly(3);
  }
}
