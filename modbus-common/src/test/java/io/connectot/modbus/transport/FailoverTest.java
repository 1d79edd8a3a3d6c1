// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static io.connectot.modbus.transport.Links.endpoint;
import static io.connectot.modbus.transport.Links.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.address.Table;
import io.connectot.modbus.testing.Fault;
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
  private ModbusLink link;

  @BeforeEach
  void start() throws Exception {
    first = SimulatedModbusServer.tcp();
    first.unit(1).set(Table.HOLDING_REGISTER, 0, FIRST);
    backup = SimulatedModbusServer.tcp();
    backup.unit(1).set(Table.HOLDING_REGISTER, 0, BACKUP);
    link =
        new LinkFactory(Links.NO_TLS, clock)
            .newLink(endpoint(first), Optional.of(endpoint(backup)), Links.settings(0));
  }

  @AfterEach
  void stop() throws Exception {
    link.close();
    first.close();
    backup.close();
  }

  @Test
  void usesTheBackupUntilItIsTimeToReturn() throws Exception {
    first.stop();
    assertThat(holding(link, 0)).isEqualTo(BACKUP);
    assertThat(link.endpoint()).isEqualTo(backup.url());
    first.start();

    clock.advance(Duration.ofSeconds(59));
    assertThat(holding(link, 0)).isEqualTo(BACKUP);
    clock.advance(Duration.ofSeconds(1));
    assertThat(holding(link, 0)).isEqualTo(FIRST);
    assertThat(link.endpoint()).isEqualTo(first.url());
  }

  @Test
  void staysWithTheBackupWhileTheFirstIsAway() throws Exception {
    first.stop();
    assertThat(holding(link, 0)).isEqualTo(BACKUP);

    clock.advance(Duration.ofSeconds(60));
    assertThat(holding(link, 0)).isEqualTo(BACKUP);
    first.start();
    clock.advance(Duration.ofSeconds(59));
    assertThat(holding(link, 0)).isEqualTo(BACKUP);
    clock.advance(Duration.ofSeconds(1));
    assertThat(holding(link, 0)).isEqualTo(FIRST);
  }

  @Test
  void returnsAtOnceWhenTheBackupFails() throws Exception {
    first.stop();
    assertThat(holding(link, 0)).isEqualTo(BACKUP);
    first.start();
    backup.stop();

    assertThat(holding(link, 0)).isEqualTo(FIRST);
  }

  @Test
  void tellsWhenNeitherCanBeReached() throws Exception {
    first.stop();
    backup.stop();

    ProtocolException failure = catchThrowableOfType(ProtocolException.class, link::open);

    assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
    assertThat(failure).hasMessageContaining(first.url());
    assertThat(failure.getSuppressed()).singleElement().asString().contains(backup.url());
  }

  @Test
  void leavesAnEndpointThatConnectsButNeverAnswers() throws Exception {
    first.fault(Fault.DISCONNECT);
    for (int i = 0; i < 3; i++) {
      assertThat(Links.tryRead(link, 1, Table.HOLDING_REGISTER, 0, 1)).isNull();
    }

    assertThat(holding(link, 0)).isEqualTo(BACKUP);
  }
}
