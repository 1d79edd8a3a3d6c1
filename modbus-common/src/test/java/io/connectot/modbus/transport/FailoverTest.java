// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static io.connectot.modbus.transport.TestConnections.endpoint;
import static io.connectot.modbus.transport.TestConnections.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailoverTest {
  private static final int FIRST = 11;
  private static final int BACKUP = 22;

  private final SteppedClock clock = new SteppedClock();
  private SimulatedModbusServer first;
  private SimulatedModbusServer backup;
  private ModbusConnection connection;

  @BeforeEach
  void start() throws Exception {
    first = SimulatedModbusServer.tcp();
    first.unit(1).set(ModbusTable.HOLDING_REGISTER, 0, FIRST);
    backup = SimulatedModbusServer.tcp();
    backup.unit(1).set(ModbusTable.HOLDING_REGISTER, 0, BACKUP);
    connection =
        new TransportConnectionFactory(TestConnections.NO_TLS, clock.clock(), clock)
            .newConnection(
                TestConnections.device(
                    endpoint(first), Optional.of(endpoint(backup)), TestConnections.settings(0)));
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    first.close();
    backup.close();
  }

  @Test
  void usesTheBackupUntilItIsTimeToReturn() throws Exception {
    first.stop();
    assertThat(holding(connection, 0)).isEqualTo(BACKUP);
    assertThat(connection.endpoint()).isEqualTo(backup.url());
    first.start();

    clock.advance(Duration.ofSeconds(59));
    assertThat(holding(connection, 0)).isEqualTo(BACKUP);
    clock.advance(Duration.ofSeconds(1));
    assertThat(holding(connection, 0)).isEqualTo(FIRST);
    assertThat(connection.endpoint()).isEqualTo(first.url());
  }

  @Test
  void staysWithTheBackupWhileTheFirstIsAway() throws Exception {
    first.stop();
    assertThat(holding(connection, 0)).isEqualTo(BACKUP);

    clock.advance(Duration.ofSeconds(60));
    assertThat(holding(connection, 0)).isEqualTo(BACKUP);
    first.start();
    clock.advance(Duration.ofSeconds(59));
    assertThat(holding(connection, 0)).isEqualTo(BACKUP);
    clock.advance(Duration.ofSeconds(1));
    assertThat(holding(connection, 0)).isEqualTo(FIRST);
  }

  @Test
  void returnsAtOnceWhenTheBackupFails() throws Exception {
    first.stop();
    assertThat(holding(connection, 0)).isEqualTo(BACKUP);
    first.start();
    backup.stop();

    assertThat(holding(connection, 0)).isEqualTo(FIRST);
  }

  @Test
  void tellsWhenNeitherCanBeReached() throws Exception {
    first.stop();
    backup.stop();

    ProtocolException failure = catchThrowableOfType(ProtocolException.class, connection::open);

    assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
    assertThat(failure).hasMessageContaining(first.url());
    assertThat(failure.getSuppressed()).singleElement().asString().contains(backup.url());
  }

  @Test
  void leavesAnEndpointThatConnectsButNeverAnswers() throws Exception {
    first.fault(ServerFault.DISCONNECT);
    for (int i = 0; i < 3; i++) {
      assertThat(TestConnections.tryRead(connection, 1, ModbusTable.HOLDING_REGISTER, 0, 1))
          .isNull();
    }

    assertThat(holding(connection, 0)).isEqualTo(BACKUP);
  }
}
