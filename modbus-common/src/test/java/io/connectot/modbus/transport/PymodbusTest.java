// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.testing.FreePorts;
import io.connectot.core.testing.Peers;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another implementation of Modbus takes for requests, and answers. */
@Tag("peers")
class PymodbusTest {
  private static final String SERVER =
      """
      import sys
      from pymodbus.datastore import ModbusSequentialDataBlock as Block
      from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext
      from pymodbus.server import StartTcpServer, StartUdpServer
      from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer
      unit = ModbusSlaveContext(
          co=Block(0, [1, 0, 1, 1]), di=Block(0, [0, 1, 0, 0]),
          hr=Block(0, [4660, 22136, 65535]), ir=Block(0, [43981, 1]), zero_mode=True)
      context = ModbusServerContext(slaves={5: unit}, single=False)
      start = StartUdpServer if sys.argv[1] == 'UDP' else StartTcpServer
      framer = ModbusRtuFramer if sys.argv[1] == 'RTU_TCP' else ModbusSocketFramer
      start(context=context, address=('127.0.0.1', int(sys.argv[2])), framer=framer)
      """;

  @ParameterizedTest
  @EnumSource(
      value = ModbusTransport.class,
      names = {"TCP", "UDP", "RTU_TCP"})
  void readsWhatPymodbusServes(ModbusTransport transport) throws Exception {
    Peers.needPymodbus();
    int port = FreePorts.next();
    Process server =
        new ProcessBuilder(
                "/usr/bin/python3", "-c", SERVER, transport.name(), Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (ModbusConnection connection =
        new TransportConnectionFactory(TestConnections.NO_TLS)
            .newConnection(
                TestConnections.device(
                    new ModbusEndpoint.Network(transport, "127.0.0.1", port),
                    Optional.empty(),
                    TestConnections.settings(0, Duration.ofSeconds(2))))) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> TestConnections.tryRead(connection, 5, ModbusTable.COIL, 0, 1) != null);

      assertThat(connection.read(5, ModbusTable.HOLDING_REGISTER, 0, 3))
          .containsExactly(0x12, 0x34, 0x56, 0x78, 0xFF, 0xFF);
      assertThat(connection.read(5, ModbusTable.INPUT_REGISTER, 0, 1)).containsExactly(0xAB, 0xCD);
      assertThat(connection.read(5, ModbusTable.COIL, 0, 4)).containsExactly(0b1101);
      assertThat(connection.read(5, ModbusTable.DISCRETE_INPUT, 1, 1)).containsExactly(1);
      assertThatThrownBy(() -> connection.read(5, ModbusTable.HOLDING_REGISTER, 2, 2))
          .isInstanceOfSatisfying(
              ModbusExceptionResponse.class,
              e -> assertThat(e.code()).isEqualTo(ModbusExceptionCode.ILLEGAL_DATA_ADDRESS));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }
}
