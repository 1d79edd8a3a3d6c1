// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes around the response of an RTU line. */
class StrayBytesTest {
  private SimulatedModbusServer server;
  private ModbusConnection connection;

  @BeforeEach
  void start() throws Exception {
    server = SimulatedModbusServer.rtuOverTcp();
    server.unit(1).fill(0);
    connection = TestConnections.to(server, 0);
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    server.close();
  }

  @Test
  void noiseAroundAResponseDoesNotMatter() throws Exception {
    server.fault(
        transaction -> {
          byte[] frame = transaction.encode(transaction.response());
          byte[] noisy = new byte[frame.length + 3];
          Arrays.fill(noisy, (byte) 0xFF);
          System.arraycopy(frame, 0, noisy, 2, frame.length);
          transaction.sendRaw(noisy);
        });
    for (int address = 0; address < 5; address++) {
      assertThat(TestConnections.holding(connection, address)).isEqualTo(address);
      assertThat(connection.confirm()).isTrue();
    }
    assertThat(server.counters().requests())
        .as("each request and its confirmation in the first seconds")
        .isEqualTo(10);
  }

  @Test
  void aSecondResponseMakesTheFirstDoubtful() throws Exception {
    assertThat(TestConnections.holding(connection, 1)).isEqualTo(1);
    assertThat(connection.confirm()).isTrue();
    server.next(
        1,
        transaction -> {
          transaction.send(transaction.response());
          transaction.send(transaction.response());
        });
    assertThat(TestConnections.holding(connection, 2)).isEqualTo(2);
    boolean certain = connection.confirm();
    assertThat(certain && server.counters().requests() == 2).as("believed at once").isFalse();
    assertThat(TestConnections.holding(connection, 4)).isEqualTo(4);
    assertThat(connection.confirm()).isTrue();
  }

  @Test
  void whatArrivesAfterTheScanMakesItDoubtful() throws Exception {
    server.next(
        1,
        transaction -> {
          transaction.send(transaction.response());
          transaction.sendLater(transaction.response(), TestConnections.TIMEOUT.dividedBy(6));
        });
    assertThat(TestConnections.holding(connection, 2)).isEqualTo(2);
    assertThat(connection.confirm()).isFalse();
    server.fault(ServerFault.NONE);
    assertThat(TestConnections.holding(connection, 2)).isEqualTo(2);
    assertThat(connection.confirm()).isTrue();
  }
}
