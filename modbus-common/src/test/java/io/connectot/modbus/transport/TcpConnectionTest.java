// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static io.connectot.modbus.transport.TestConnections.endpoint;
import static io.connectot.modbus.transport.TestConnections.holding;
import static io.connectot.modbus.transport.TestConnections.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpConnectionTest {
  private SimulatedModbusServer server;
  private ModbusConnection connection;

  @BeforeEach
  void start() throws Exception {
    server = SimulatedModbusServer.tcp();
    server.unit(1).fill(0x5A5A);
    connection = TestConnections.to(server, 0);
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    server.close();
  }

  @Test
  void returnsRegistersAsOnTheWire() throws Exception {
    server.unit(7).set(ModbusTable.HOLDING_REGISTER, 0x0102, 0x1122, 0x3344);

    assertThat(connection.read(7, ModbusTable.HOLDING_REGISTER, 0x0102, 2))
        .containsExactly(0x11, 0x22, 0x33, 0x44);
    assertThat(server.counters().requests(7, 3, 0x0102, 2)).isEqualTo(1);
  }

  @Test
  void returnsBitsLowestFirst() throws Exception {
    server.unit(7).set(ModbusTable.COIL, 10, 1, 0, 1, 0, 0, 0, 0, 0, 1);
    server.unit(7).set(ModbusTable.DISCRETE_INPUT, 65535, 1);

    assertThat(connection.read(7, ModbusTable.COIL, 10, 9)).containsExactly(0b101, 1);
    assertThat(connection.read(7, ModbusTable.DISCRETE_INPUT, 65535, 1)).containsExactly(1);
  }

  @Test
  void readsTheLargestBlocks() throws Exception {
    assertThat(connection.read(1, ModbusTable.INPUT_REGISTER, 65411, 125))
        .hasSize(250)
        .endsWith(0xA5, 0xA5);
    assertThat(connection.read(1, ModbusTable.COIL, 0, 2000)).hasSize(250);
  }

  @Test
  void usesOneConnectionForAllUnits() throws Exception {
    server.unit(2).set(ModbusTable.HOLDING_REGISTER, 0, 2);
    server.unit(255).set(ModbusTable.HOLDING_REGISTER, 0, 255);

    connection.open();
    connection.open();

    assertThat(connection.read(2, ModbusTable.HOLDING_REGISTER, 0, 1)).containsExactly(0, 2);
    assertThat(connection.read(255, ModbusTable.HOLDING_REGISTER, 0, 1)).containsExactly(0, 255);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
    assertThat(connection.isOpen()).isTrue();
    assertThat(connection.endpoint()).isEqualTo("tcp://localhost:" + server.port());
  }

  @Test
  void aRefusedRequestKeepsTheConnection() throws Exception {
    server
        .unit(1)
        .illegal(ModbusTable.HOLDING_REGISTER, 5, 1)
        .limit(ModbusTable.HOLDING_REGISTER, 10);

    assertThatThrownBy(() -> connection.read(1, ModbusTable.HOLDING_REGISTER, 0, 6))
        .isInstanceOfSatisfying(
            ModbusExceptionResponse.class,
            e -> assertThat(e.code()).isEqualTo(ModbusExceptionCode.ILLEGAL_DATA_ADDRESS));
    assertThatThrownBy(() -> connection.read(1, ModbusTable.HOLDING_REGISTER, 100, 11))
        .isInstanceOfSatisfying(
            ModbusExceptionResponse.class,
            e -> assertThat(e.code()).isEqualTo(ModbusExceptionCode.ILLEGAL_DATA_VALUE));
    assertThat(holding(connection, 6)).isEqualTo(6 ^ 0x5A5A);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
  }

  @Test
  void asksABusyUnitAgain() throws Exception {
    connection.close();
    connection = TestConnections.to(server, 2);
    server.next(2, ServerFault.exception(6));

    assertThat(holding(connection, 1)).isEqualTo(1 ^ 0x5A5A);
    assertThat(server.counters().requests()).isEqualTo(3);
  }

  @Test
  void tellsWhenAUnitStaysBusy() {
    server.fault(ServerFault.exception(5));

    assertThatThrownBy(() -> holding(connection, 1)).isInstanceOf(ModbusExceptionResponse.class);
    assertThat(server.counters().requests()).isEqualTo(1);
  }

  @Test
  void asksASilentUnitAsOftenAsToldAndNamesIt() {
    connection.close();
    connection = TestConnections.to(server, 1);
    server.fault(ServerFault.HANG);

    ProtocolException failure =
        catchThrowableOfType(ProtocolException.class, () -> holding(connection, 77));

    assertThat(failure.scope()).isEqualTo(Scope.DEVICE);
    assertThat(failure.status()).isEqualTo("TIMEOUT");
    assertThat(failure).hasMessageContaining("unit 1").hasMessageContaining("holding:77");
    assertThat(server.counters().requests()).isEqualTo(2);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void connectsAgainWhenTheDeviceClosedAnIdleConnection() throws Exception {
    assertThat(holding(connection, 1)).isEqualTo(1 ^ 0x5A5A);
    server.stop();
    server.start();

    assertThat(holding(connection, 2)).isEqualTo(2 ^ 0x5A5A);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(2);
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    server.stop();

    ProtocolException failure = catchThrowableOfType(ProtocolException.class, connection::open);

    assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
    assertThat(failure.status()).isEqualTo("CONNECTION_REFUSED");
    assertThat(failure).hasMessageContaining(connection.endpoint());

    server.start();
    assertThat(holding(connection, 3)).isEqualTo(3 ^ 0x5A5A);
  }

  @Test
  void leavesADeviceOfOneConnectionFree() throws Exception {
    server.mostConnections(1);
    assertThat(holding(connection, 1)).isEqualTo(1 ^ 0x5A5A);
    connection.close();
    Awaitility.await().until(() -> server.counters().openConnections() == 0);

    try (ModbusConnection other =
        new TransportConnectionFactory(TestConnections.NO_TLS)
            .newConnection(
                TestConnections.device(endpoint(server), Optional.empty(), settings(0)))) {
      assertThat(holding(other, 2)).isEqualTo(2 ^ 0x5A5A);
    }
  }

  @Test
  void opensAgainAfterClose() throws Exception {
    assertThat(holding(connection, 1)).isEqualTo(1 ^ 0x5A5A);
    connection.close();
    connection.close();
    assertThat(connection.isOpen()).isFalse();

    assertThat(holding(connection, 2)).isEqualTo(2 ^ 0x5A5A);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(2);
  }

  @Test
  void refusesRequestsThatTheProtocolForbids() {
    assertThatThrownBy(() -> connection.read(1, ModbusTable.HOLDING_REGISTER, 0, 126))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> connection.read(1, ModbusTable.COIL, 65535, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> connection.read(256, ModbusTable.COIL, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.counters().requests()).isZero();
  }
}
