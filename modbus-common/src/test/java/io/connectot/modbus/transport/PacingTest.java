// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.testing.ServerFault;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.transport.channel.SerialOpener;
import java.time.Duration;
import java.util.Map;
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
        ModbusConnection connection = connection(TestConnections.endpoint(server))) {
      server.unit(1).fill(0);

      TestConnections.holding(connection, 1);
      TestConnections.holding(connection, 2);
      clock.advance(Duration.ofSeconds(1));
      TestConnections.holding(connection, 3);
      clock.advance(BETWEEN);
      TestConnections.holding(connection, 4);

      assertThat(clock.sleeps()).containsExactly(AFTER_CONNECT, BETWEEN, Duration.ofSeconds(2));
    }
  }

  @Test
  void pausesBeforeItAsksAgain() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tcp();
        ModbusConnection connection = connection(TestConnections.endpoint(server))) {
      server.unit(1).fill(0);
      server.next(1, ServerFault.exception(6));

      TestConnections.holding(connection, 1);

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
  void leavesAUnitAloneThatOwesAResponse() {
    OutstandingResponses outstanding = new OutstandingResponses(BETWEEN, clock.clock());
    outstanding.unanswered(4);

    assertThat(outstanding.waitBefore(5)).isZero();
    assertThat(outstanding.waitBefore(4)).isEqualTo(BETWEEN);
    clock.advance(Duration.ofSeconds(1));
    assertThat(outstanding.waitBefore(4)).isEqualTo(Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(2));
    assertThat(outstanding.waitBefore(4)).isZero();
  }

  private ModbusConnection connection(ModbusEndpoint endpoint) {
    Map<String, String> settings =
        Map.of(
            "modbus.connect.timeout.ms",
            "30000",
            "modbus.request.timeout.ms",
            "30000",
            "modbus.request.retries",
            "1",
            "modbus.retry.backoff.ms",
            Long.toString(BACKOFF.toMillis()),
            "modbus.pause.after.connect.ms",
            Long.toString(AFTER_CONNECT.toMillis()),
            "modbus.inter.request.delay.ms",
            Long.toString(BETWEEN.toMillis()));
    return new TransportConnectionFactory(TestConnections.NO_TLS, clock.clock(), clock)
        .newConnection(TestConnections.device(endpoint, Optional.empty(), settings));
  }
}
