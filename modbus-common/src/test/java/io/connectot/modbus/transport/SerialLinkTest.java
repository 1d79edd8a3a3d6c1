// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.Table;
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
class SerialLinkTest {
  /** As it is on the wire, with its CRC. */
  private static final byte[] REQUEST_OF_REGISTER_7 = HexFormat.of().parseHex("01030007000135cb");

  @TempDir Path folder;

  @Test
  void noticesThatTheAdapterWasUnplugged() throws Exception {
    SerialPair line = new SerialPair(folder);
    try (line;
        SimulatedModbusServer server =
            SimulatedModbusServer.serial(ModbusTransport.RTU_SERIAL, line.first());
        ModbusLink link = link(line.second())) {
      server.unit(1).fill(0);
      assertThat(Links.holding(link, 7)).isEqualTo(7);

      line.close();

      assertThat(Links.tryRead(link, 1, Table.HOLDING_REGISTER, 0, 1)).isNull();
      assertThat(link.isOpen()).isFalse();
      tellsThatThereIsNoPort(link);
    }
  }

  @Test
  void tellsThatThereIsNoSuchPort() throws Exception {
    try (ModbusLink link = link(folder.resolve("ttyUSB0"))) {
      tellsThatThereIsNoPort(link);
    }
  }

  @Test
  void dropsTheEchoOfALineThatReturnsWhatIsSent() throws Exception {
    try (SerialPair line = new SerialPair(folder);
        SimulatedModbusServer server =
            SimulatedModbusServer.serial(ModbusTransport.RTU_SERIAL, line.first());
        ModbusLink link = echoingLink(line.second())) {
      server.unit(1).fill(0);
      server.fault(
          exchange -> {
            exchange.sendRaw(REQUEST_OF_REGISTER_7);
            exchange.send(exchange.reply());
          });

      assertThat(Links.holding(link, 7)).isEqualTo(7);
      assertThat(Links.holding(link, 7)).isEqualTo(7);
    }
  }

  @Test
  void takesNothingForAnEchoThatIsNotWhatWasSent() throws Exception {
    try (SerialPair line = new SerialPair(folder);
        SimulatedModbusServer server =
            SimulatedModbusServer.serial(ModbusTransport.RTU_SERIAL, line.first());
        ModbusLink link = echoingLink(line.second())) {
      server.unit(1).fill(0);
      byte[] other = REQUEST_OF_REGISTER_7.clone();
      other[3]++;
      server.fault(
          exchange -> {
            exchange.sendRaw(other);
            exchange.send(exchange.reply());
          });

      ProtocolException failure =
          catchThrowableOfType(ProtocolException.class, () -> Links.holding(link, 7));

      assertThat(failure.status()).isEqualTo("BAD_REPLY");
      assertThat(failure).hasMessageContaining("the echo is not what was sent");
    }
  }

  private static ModbusLink echoingLink(Path device) {
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
    return new LinkFactory(Links.NO_TLS).newLink(endpoint, Optional.empty(), Links.settings(0));
  }

  private static void tellsThatThereIsNoPort(ModbusLink link) {
    ProtocolException failure = catchThrowableOfType(ProtocolException.class, link::open);

    assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
    assertThat(failure.status()).isEqualTo("PORT_UNAVAILABLE");
    assertThat(failure).hasMessageContaining(link.endpoint());
  }

  private static ModbusLink link(Path device) {
    return new LinkFactory(Links.NO_TLS)
        .newLink(Rig.port(ModbusTransport.RTU_SERIAL, device), Optional.empty(), Links.settings(0));
  }
}
