// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static io.connectot.modbus.transport.Links.endpoint;
import static io.connectot.modbus.transport.Links.holding;
import static io.connectot.modbus.transport.Links.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.Table;
import io.connectot.modbus.testing.Fault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpLinkTest {
  private SimulatedModbusServer server;
  private ModbusLink link;

  @BeforeEach
  void start() throws Exception {
    server = SimulatedModbusServer.tcp();
    server.unit(1).fill(0x5A5A);
    link = Links.to(server, 0);
  }

  @AfterEach
  void stop() throws Exception {
    link.close();
    server.close();
  }

  @Test
  void returnsRegistersAsOnTheWire() throws Exception {
    server.unit(7).set(Table.HOLDING_REGISTER, 0x0102, 0x1122, 0x3344);

    assertThat(link.read(7, Table.HOLDING_REGISTER, 0x0102, 2))
        .containsExactly(0x11, 0x22, 0x33, 0x44);
    assertThat(server.counters().requests(7, 3, 0x0102, 2)).isEqualTo(1);
  }

  @Test
  void returnsBitsLowestFirst() throws Exception {
    server.unit(7).set(Table.COIL, 10, 1, 0, 1, 0, 0, 0, 0, 0, 1);
    server.unit(7).set(Table.DISCRETE_INPUT, 65535, 1);

    assertThat(link.read(7, Table.COIL, 10, 9)).containsExactly(0b101, 1);
    assertThat(link.read(7, Table.DISCRETE_INPUT, 65535, 1)).containsExactly(1);
  }

  @Test
  void readsTheLargestBlocks() throws Exception {
    assertThat(link.read(1, Table.INPUT_REGISTER, 65411, 125)).hasSize(250).endsWith(0xA5, 0xA5);
    assertThat(link.read(1, Table.COIL, 0, 2000)).hasSize(250);
  }

  @Test
  void usesOneConnectionForAllUnits() throws Exception {
    server.unit(2).set(Table.HOLDING_REGISTER, 0, 2);
    server.unit(255).set(Table.HOLDING_REGISTER, 0, 255);

    link.open();
    link.open();

    assertThat(link.read(2, Table.HOLDING_REGISTER, 0, 1)).containsExactly(0, 2);
    assertThat(link.read(255, Table.HOLDING_REGISTER, 0, 1)).containsExactly(0, 255);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
    assertThat(link.isOpen()).isTrue();
    assertThat(link.endpoint()).isEqualTo("tcp://localhost:" + server.port());
  }

  @Test
  void aRefusedRequestKeepsTheConnection() throws Exception {
    server.unit(1).illegal(Table.HOLDING_REGISTER, 5, 1).limit(Table.HOLDING_REGISTER, 10);

    assertThatThrownBy(() -> link.read(1, Table.HOLDING_REGISTER, 0, 6))
        .isInstanceOfSatisfying(
            ModbusExceptionReply.class,
            e -> assertThat(e.code()).isEqualTo(ModbusExceptionCode.ILLEGAL_DATA_ADDRESS));
    assertThatThrownBy(() -> link.read(1, Table.HOLDING_REGISTER, 100, 11))
        .isInstanceOfSatisfying(
            ModbusExceptionReply.class,
            e -> assertThat(e.code()).isEqualTo(ModbusExceptionCode.ILLEGAL_DATA_VALUE));
    assertThat(holding(link, 6)).isEqualTo(6 ^ 0x5A5A);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
  }

  @Test
  void asksABusyUnitAgain() throws Exception {
    link.close();
    link = Links.to(server, 2);
    server.next(2, Fault.exception(6));

    assertThat(holding(link, 1)).isEqualTo(1 ^ 0x5A5A);
    assertThat(server.counters().requests()).isEqualTo(3);
  }

  @Test
  void tellsWhenAUnitStaysBusy() {
    server.fault(Fault.exception(5));

    assertThatThrownBy(() -> holding(link, 1)).isInstanceOf(ModbusExceptionReply.class);
    assertThat(server.counters().requests()).isEqualTo(1);
  }

  @Test
  void asksASilentUnitAsOftenAsToldAndNamesIt() {
    link.close();
    link = Links.to(server, 1);
    server.fault(Fault.HANG);

    ProtocolException failure =
        catchThrowableOfType(ProtocolException.class, () -> holding(link, 77));

    assertThat(failure.scope()).isEqualTo(Scope.DEVICE);
    assertThat(failure.status()).isEqualTo("TIMEOUT");
    assertThat(failure).hasMessageContaining("unit 1").hasMessageContaining("holding:77");
    assertThat(server.counters().requests()).isEqualTo(2);
    assertThat(link.isOpen()).isFalse();
  }

  @Test
  void connectsAgainWhenTheDeviceClosedAnIdleConnection() throws Exception {
    assertThat(holding(link, 1)).isEqualTo(1 ^ 0x5A5A);
    server.stop();
    server.start();

    assertThat(holding(link, 2)).isEqualTo(2 ^ 0x5A5A);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(2);
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    server.stop();

    ProtocolException failure = catchThrowableOfType(ProtocolException.class, link::open);

    assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
    assertThat(failure.status()).isEqualTo("CONNECTION_REFUSED");
    assertThat(failure).hasMessageContaining(link.endpoint());

    server.start();
    assertThat(holding(link, 3)).isEqualTo(3 ^ 0x5A5A);
  }

  @Test
  void leavesADeviceOfOneConnectionFree() throws Exception {
    server.mostConnections(1);
    assertThat(holding(link, 1)).isEqualTo(1 ^ 0x5A5A);
    link.close();
    Awaitility.await().until(() -> server.counters().openConnections() == 0);

    try (ModbusLink other =
        new LinkFactory(Links.NO_TLS).newLink(endpoint(server), Optional.empty(), settings(0))) {
      assertThat(holding(other, 2)).isEqualTo(2 ^ 0x5A5A);
    }
  }

  @Test
  void opensAgainAfterClose() throws Exception {
    assertThat(holding(link, 1)).isEqualTo(1 ^ 0x5A5A);
    link.close();
    link.close();
    assertThat(link.isOpen()).isFalse();

    assertThat(holding(link, 2)).isEqualTo(2 ^ 0x5A5A);
    assertThat(server.counters().connectionsAccepted()).isEqualTo(2);
  }

  @Test
  void refusesRequestsThatTheProtocolForbids() {
    assertThatThrownBy(() -> link.read(1, Table.HOLDING_REGISTER, 0, 126))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> link.read(1, Table.COIL, 65535, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> link.read(256, Table.COIL, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.counters().requests()).isZero();
  }
}
