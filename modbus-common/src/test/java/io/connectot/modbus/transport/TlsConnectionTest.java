// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.testing.SimulatedModbusServer;
import io.connectot.modbus.transport.channel.TlsLayer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsConnectionTest {
  @TempDir static Path folder;
  private static TestTls tls;

  @BeforeAll
  static void makeCertificates() {
    tls = new TestTls(folder);
  }

  @Test
  void readsFromADeviceThatKnowsTheClient() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tls(tls.ofDevice(), true);
        ModbusConnection connection =
            connection(tls.ofClient(), "localhost", server.port(), 10_000)) {
      server.unit(1).fill(7);
      assertThat(TestConnections.holding(connection, 9)).isEqualTo(9 ^ 7);
    }
  }

  @Test
  void refusesADeviceOfAnotherName() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tls(tls.ofDevice(), true);
        ModbusConnection connection =
            connection(tls.ofClient(), "127.0.0.1", server.port(), 10_000)) {
      ProtocolException failure = catchThrowableOfType(ProtocolException.class, connection::open);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
      assertThat(failure.status()).isEqualTo("TLS_HANDSHAKE");
      assertThat(failure).hasMessageContaining("127.0.0.1");
      assertThat(connection.isOpen()).isFalse();
      assertThat(server.counters().requests()).isZero();
    }
  }

  @Test
  void tellsThatTheDeviceWantsACertificate() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tls(tls.ofDevice(), true);
        ModbusConnection connection =
            connection(tls.ofClientWithoutCertificate(), "localhost", server.port(), 10_000)) {
      server.unit(1).fill(7);

      ProtocolException failure =
          catchThrowableOfType(
              ProtocolException.class, () -> TestConnections.holding(connection, 0));

      assertThat(failure.status()).isIn("TLS_HANDSHAKE", "CONNECTION_LOST");
      assertThat(server.counters().requests()).isZero();
    }
  }

  @Test
  void givesUpAHandshakeThatIsNeverAnswered() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ModbusConnection connection =
            connection(tls.ofClient(), "localhost", silent.getLocalPort(), 200)) {
      ProtocolException failure = catchThrowableOfType(ProtocolException.class, connection::open);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.status()).isEqualTo("TLS_HANDSHAKE");
    }
  }

  private static ModbusConnection connection(
      TlsLayer layer, String host, int port, long connectMillis) {
    return new TransportConnectionFactory(layer)
        .newConnection(
            TestConnections.device(
                new ModbusEndpoint.Network(ModbusTransport.TLS, host, port),
                Optional.empty(),
                TestConnections.connecting(Duration.ofMillis(connectMillis))));
  }
}
