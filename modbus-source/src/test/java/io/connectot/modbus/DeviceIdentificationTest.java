// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.testing.Points;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.transport.ModbusConnection;
import io.connectot.modbus.transport.TransportConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device tells about itself, and that asking costs the others nothing. */
class DeviceIdentificationTest {
  private static final Map<Integer, String> OBJECTS =
      Map.of(0, "Acme", 1, "PM-7", 2, "V2.11", 4, "Power meter", 6, "Hall 3", 0x80, "SN 4711");

  private final FakeConnection connection = new FakeConnection();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsWhatTheDeviceTells(boolean rtu) throws Exception {
    try (SimulatedModbusServer server =
        rtu ? SimulatedModbusServer.rtuOverTcp() : SimulatedModbusServer.tcp()) {
      server.unit(1).fill(0).identification(0x83, OBJECTS);
      assertThat(attributes(server))
          .isEqualTo(
              Map.of(
                  "vendor_name", "Acme",
                  "product_code", "PM-7",
                  "major_minor_revision", "V2.11",
                  "product_name", "Power meter",
                  "user_application_name", "Hall 3",
                  "object_128", "SN 4711"));
    }
  }

  @Test
  void readsNoMoreThanTheDeviceHas() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).fill(0).identification(0x01, OBJECTS);
      assertThat(attributes(server))
          .containsOnlyKeys("vendor_name", "product_code", "major_minor_revision");
    }
  }

  @Test
  void aDeviceWithoutIdentificationIsAskedOnce() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).fill(0);
      assertThat(attributes(server)).isEmpty();
      assertThat(server.counters().requests(1, 43, 1, 0)).isEqualTo(1);
    }
  }

  /** The request takes its time-out, once; the next scans are answered on a new connection. */
  @Test
  void aDeviceThatLeavesTheRequestUnansweredIsAskedOnce() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp()) {
      server.unit(1).fill(0);
      server.fault(
          transaction -> {
            if (transaction.request().function() == 43) {
              ServerFault.HANG.answer(transaction);
            } else {
              ServerFault.NONE.answer(transaction);
            }
          });
      assertThat(attributes(server)).isEmpty();
      assertThat(server.counters().requests(1, 43, 1, 0)).isEqualTo(1);
    }
  }

  @Test
  void isAskedAgainOnANewConnectionIfItAnswered() throws Exception {
    connection.identification((unit, category, object) -> identification("V1"));
    ModbusPollingSession session = session(connection);
    Device<ModbusDevice> device = device(TestTags.device().settings().endpoint());
    List<Point<ModbusTag>> points = Points.of(device, TestTags.registers(0, 3));
    session.connect();
    session.read(device, points);
    session.read(device, points);
    assertThat(connection.identifications()).isEqualTo(1);
    Map<String, String> told = session.attributes(device);
    assertThat(told).containsExactly(Map.entry("vendor_name", "V1"));
    session.connect();
    session.read(device, points);
    assertThat(session.attributes(device)).isSameAs(told);
    connection.identification((unit, category, object) -> identification("V2"));
    session.connect();
    session.read(device, points);
    assertThat(session.attributes(device)).containsExactly(Map.entry("vendor_name", "V2"));
    assertThat(connection.identifications()).isEqualTo(3);
  }

  @Test
  void aLostConnectionIsLeftToTheNextScan() throws Exception {
    connection.identification(
        (unit, category, object) -> {
          throw new ProtocolException(Kind.TRANSIENT, Scope.CONNECTION, "LOST", "lost", null);
        });
    ModbusPollingSession session = session(connection);
    Device<ModbusDevice> device = device(TestTags.device().settings().endpoint());
    List<Point<ModbusTag>> points = Points.of(device, TestTags.registers(0, 3));
    assertThat(session.read(device, points))
        .extracting(Measurement::quality)
        .containsOnly(Quality.GOOD);
    connection.identification((unit, category, object) -> identification("Acme"));
    session.read(device, points);
    assertThat(session.attributes(device)).containsEntry("vendor_name", "Acme");
  }

  private static byte[] identification(String vendor) {
    byte[] text = vendor.getBytes(StandardCharsets.US_ASCII);
    byte[] data = new byte[6 + text.length];
    data[0] = 1;
    data[3] = 1;
    data[5] = (byte) text.length;
    System.arraycopy(text, 0, data, 6, text.length);
    return data;
  }

  private static Map<String, String> attributes(SimulatedModbusServer server) throws Exception {
    Device<ModbusDevice> device =
        device(new ModbusEndpoint.Network(server.transport(), "localhost", server.port()));
    List<Point<ModbusTag>> points = Points.of(device, TestTags.registers(0, 3));
    ModbusConnection real =
        new TransportConnectionFactory(
                (socket, host, port) -> {
                  throw new IOException("no TLS");
                })
            .newConnection(device.settings());
    try (ModbusPollingSession session = session(real)) {
      session.connect();
      for (int scan = 0; scan < 3; scan++) {
        assertThat(session.read(device, points))
            .extracting(Measurement::quality)
            .containsOnly(Quality.GOOD);
      }
      return session.attributes(device);
    }
  }

  private static Device<ModbusDevice> device(ModbusEndpoint endpoint) {
    Configuration config =
        Configuration.parse(
            ModbusSourceConfig.OVERRIDABLE.definition(),
            Map.of("modbus.request.timeout.ms", "400"));
    return new Device<>(
        "meter", endpoint.url(), new ModbusDevice(endpoint, Optional.empty(), 1, config), Map.of());
  }

  private static ModbusPollingSession session(ModbusConnection connection) {
    return new ModbusPollingSession(connection, false, true, Duration.ofSeconds(60), Clock.SYSTEM);
  }
}
