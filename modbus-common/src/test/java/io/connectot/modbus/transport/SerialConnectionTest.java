// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.SerialPair;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("peers")
class SerialConnectionTest {
  /** As it is on the wire, with its CRC. */
  private static final byte[] REQUEST_OF_REGISTER_7 = HexFormat.of().parseHex("01030007000135cb");

  @TempDir Path folder;

  @Test
  void noticesThatTheAdapterWasUnplugged() throws Exception {
    SerialPair line = new SerialPair(folder);
    try (line;
        SimulatedModbusServer server =
            SimulatedModbusServer.serial(ModbusTransport.RTU_SERIAL, line.first());
        ModbusConnection connection = connection(line.second())) {
      server.unit(1).fill(0);
      assertThat(TestConnections.holding(connection, 7)).isEqualTo(7);

      line.close();

      assertThat(TestConnections.tryRead(connection, 1, ModbusTable.HOLDING_REGISTER, 0, 1))
          .isNull();
      assertThat(connection.isOpen()).isFalse();
      tellsThatThereIsNoPort(connection);
    }
  }

  @Test
  void tellsThatThereIsNoSuchPort() throws Exception {
    try (ModbusConnection connection = connection(folder.resolve("ttyUSB0"))) {
      tellsThatThereIsNoPort(connection);
    }
  }

  @Test
  void dropsTheEchoOfALineThatReturnsWhatIsSent() throws Exception {
    try (SerialPair line = new SerialPair(folder);
        SimulatedModbusServer server =
            SimulatedModbusServer.serial(ModbusTransport.RTU_SERIAL, line.first());
        ModbusConnection connection = echoingLink(line.second())) {
      server.unit(1).fill(0);
      server.fault(
          transaction -> {
            transaction.sendRaw(REQUEST_OF_REGISTER_7);
            transaction.send(transaction.response());
          });

      assertThat(TestConnections.holding(connection, 7)).isEqualTo(7);
      assertThat(TestConnections.holding(connection, 7)).isEqualTo(7);
    }
  }

  @Test
  void takesNothingForAnEchoThatIsNotWhatWasSent() throws Exception {
    try (SerialPair line = new SerialPair(folder);
        SimulatedModbusServer server =
            SimulatedModbusServer.serial(ModbusTransport.RTU_SERIAL, line.first());
        ModbusConnection connection = echoingLink(line.second())) {
      server.unit(1).fill(0);
      byte[] other = REQUEST_OF_REGISTER_7.clone();
      other[3]++;
      server.fault(
          transaction -> {
            transaction.sendRaw(other);
            transaction.send(transaction.response());
          });

      ProtocolException failure =
          catchThrowableOfType(
              ProtocolException.class, () -> TestConnections.holding(connection, 7));

      assertThat(failure.status()).isEqualTo("BAD_REPLY");
      assertThat(failure).hasMessageContaining("the echo differs from the request");
    }
  }

  private static ModbusConnection echoingLink(Path device) {
    ModbusEndpoint endpoint =
        new ModbusEndpoint.Serial(
            ModbusTransport.RTU_SERIAL,
            device.toString(),
            115200,
            8,
            ModbusEndpoint.Parity.NONE,
            1,
            ModbusEndpoint.Rs485.OFF,
            true);
    return new TransportConnectionFactory(TestConnections.NO_TLS)
        .newConnection(
            TestConnections.device(endpoint, Optional.empty(), TestConnections.settings(0)));
  }

  private static void tellsThatThereIsNoPort(ModbusConnection connection) {
    ProtocolException failure = catchThrowableOfType(ProtocolException.class, connection::open);

    assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
    assertThat(failure.status()).isEqualTo("PORT_UNAVAILABLE");
    assertThat(failure).hasMessageContaining(connection.endpoint());
  }

  private static ModbusConnection connection(Path device) {
    return new TransportConnectionFactory(TestConnections.NO_TLS)
        .newConnection(
            TestConnections.device(
                ConnectionFixture.port(ModbusTransport.RTU_SERIAL, device),
                Optional.empty(),
                TestConnections.settings(0)));
  }
}
