// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.ServerResponse;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gateways that return other identifiers than those of the request. */
class ResponseChecksTest {
  private static final ServerFault NEXT_TRANSACTION =
      transaction -> transaction.send(with(transaction.response(), 1, 0));
  private static final ServerFault OTHER_UNIT =
      transaction -> transaction.send(with(transaction.response(), 0, 1));

  private SimulatedModbusServer server;

  @BeforeEach
  void start() throws Exception {
    server = SimulatedModbusServer.tcp();
    server.unit(7).fill(0);
    server.unit(1).fill(0);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static ServerResponse with(ServerResponse response, int transactions, int units) {
    byte[] adu = response.body();
    return new ServerResponse(
        response.transaction() + transactions & 0xFFFF,
        0,
        response.unit() + units,
        response.function(),
        adu);
  }

  @Test
  void namesTheRemedy() throws Exception {
    try (ModbusConnection connection = connection(Map.of())) {
      server.fault(NEXT_TRANSACTION);
      assertThat(failure(connection))
          .hasMessageContaining("transaction must be")
          .hasMessageContaining("modbus.reply.transaction=ignore");
      server.fault(OTHER_UNIT);
      assertThat(failure(connection))
          .hasMessageContaining("unit must be 1, but is 2")
          .hasMessageContaining("modbus.reply.unit=ignore");
    }
  }

  @Test
  void readsFromAGatewayWithItsOwnTransactions() throws Exception {
    try (ModbusConnection connection = connection(Map.of("modbus.reply.transaction", "ignore"))) {
      server.fault(NEXT_TRANSACTION);
      for (int address = 0; address < 10; address++) {
        assertThat(TestConnections.holding(connection, address)).isEqualTo(address);
      }
      assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
      server.fault(OTHER_UNIT);
      assertThat(failure(connection)).hasMessageContaining("unit must be");
    }
  }

  @Test
  void readsFromAGatewayWithItsOwnUnit() throws Exception {
    try (ModbusConnection connection = connection(Map.of("modbus.reply.unit", "ignore"))) {
      server.fault(OTHER_UNIT);
      assertThat(TestConnections.holding(connection, 3)).isEqualTo(3);
    }
  }

  /** Without identifiers, a late response must not become that to the next request. */
  @Test
  void aLateResponseIsNeverTheNext() throws Exception {
    try (ModbusConnection connection = connection(Map.of("modbus.reply.transaction", "ignore"))) {
      for (int address = 0; address < 6; address += 2) {
        server.next(1, ServerFault.late(TestConnections.TIMEOUT.multipliedBy(3).dividedBy(2)));
        byte[] data =
            TestConnections.tryRead(connection, 1, ModbusTable.HOLDING_REGISTER, address, 1);
        assertThat(data).isNull();
        assertThat(TestConnections.holding(connection, address + 1)).isEqualTo(address + 1);
      }
    }
  }

  private static ProtocolException failure(ModbusConnection connection) {
    return catchThrowableOfType(
        ProtocolException.class, () -> TestConnections.holding(connection, 5));
  }

  private ModbusConnection connection(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(TestConnections.settings(0, Duration.ofMillis(300)));
    all.putAll(settings);
    return new TransportConnectionFactory(TestConnections.NO_TLS)
        .newConnection(TestConnections.device(TestConnections.endpoint(server), all));
  }
}
