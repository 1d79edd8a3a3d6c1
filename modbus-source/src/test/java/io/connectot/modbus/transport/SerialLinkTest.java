// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.Table;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.SerialPair;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialLinkTest {
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
