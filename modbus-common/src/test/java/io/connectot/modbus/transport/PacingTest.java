// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.modbus.config.LinkSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.testing.Fault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacingTest {
  private static final Duration AFTER_CONNECT = Duration.ofSeconds(7);
  private static final Duration BETWEEN = Duration.ofSeconds(3);
  private static final Duration BACKOFF = Duration.ofSeconds(5);

  private final SteppedClock clock = new SteppedClock();

  @Test
  void pausesAfterConnectingAndBetweenRequests() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp();
        ModbusLink link = link(Links.endpoint(server))) {
      server.unit(1).fill(0);

      Links.holding(link, 1);
      Links.holding(link, 2);
      clock.advance(Duration.ofSeconds(1));
      Links.holding(link, 3);
      clock.advance(BETWEEN);
      Links.holding(link, 4);

      assertThat(clock.sleeps()).containsExactly(AFTER_CONNECT, BETWEEN, Duration.ofSeconds(2));
    }
  }

  @Test
  void pausesBeforeItAsksAgain() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp();
        ModbusLink link = link(Links.endpoint(server))) {
      server.unit(1).fill(0);
      server.next(1, Fault.exception(6));

      Links.holding(link, 1);

      assertThat(clock.sleeps()).containsExactly(AFTER_CONNECT, BACKOFF);
    }
  }

  @Test
  void keepsTheSilenceOfASerialLine() {
    assertThat(SerialOpener.silence(9600)).isEqualTo(Duration.ofNanos(4_010_416));
    assertThat(SerialOpener.silence(19200)).isEqualTo(Duration.ofNanos(2_005_208));
    assertThat(SerialOpener.silence(115200)).isEqualTo(Duration.ofNanos(1_750_000));
  }

  @Test
  void leavesAUnitAloneThatOwesAReply() {
    OwedReplies owed = new OwedReplies(BETWEEN, clock);
    owed.unanswered(4);

    assertThat(owed.waitBefore(5)).isZero();
    assertThat(owed.waitBefore(4)).isEqualTo(BETWEEN);
    clock.advance(Duration.ofSeconds(1));
    assertThat(owed.waitBefore(4)).isEqualTo(Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(2));
    assertThat(owed.waitBefore(4)).isZero();
  }

  private ModbusLink link(ModbusEndpoint endpoint) {
    LinkSettings settings =
        new LinkSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            1,
            BACKOFF,
            AFTER_CONNECT,
            BETWEEN,
            false,
            Duration.ofSeconds(60));
    return new LinkFactory(Links.NO_TLS, clock).newLink(endpoint, Optional.empty(), settings);
  }
}
