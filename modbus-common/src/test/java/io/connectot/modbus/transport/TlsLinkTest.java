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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsLinkTest {
  @TempDir static Path folder;
  private static TestTls tls;

  @BeforeAll
  static void makeCertificates() {
    tls = new TestTls(folder);
  }

  @Test
  void readsFromADeviceThatKnowsTheClient() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tls(tls.ofDevice(), true);
        ModbusLink link = link(tls.ofClient(), "localhost", server.port(), 10_000)) {
      server.unit(1).fill(7);
      assertThat(Links.holding(link, 9)).isEqualTo(9 ^ 7);
    }
  }

  @Test
  void refusesADeviceOfAnotherName() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tls(tls.ofDevice(), true);
        ModbusLink link = link(tls.ofClient(), "127.0.0.1", server.port(), 10_000)) {
      ProtocolException failure = catchThrowableOfType(ProtocolException.class, link::open);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure.scope()).isEqualTo(Scope.CONNECTION);
      assertThat(failure.status()).isEqualTo("TLS_HANDSHAKE");
      assertThat(failure).hasMessageContaining("127.0.0.1");
      assertThat(link.isOpen()).isFalse();
      assertThat(server.counters().requests()).isZero();
    }
  }

  @Test
  void tellsThatTheDeviceWantsACertificate() throws Exception {
    try (SimulatedModbusServer server = SimulatedModbusServer.tls(tls.ofDevice(), true);
        ModbusLink link =
            link(tls.ofClientWithoutCertificate(), "localhost", server.port(), 10_000)) {
      server.unit(1).fill(7);

      ProtocolException failure =
          catchThrowableOfType(ProtocolException.class, () -> Links.holding(link, 0));

      assertThat(failure.status()).isIn("TLS_HANDSHAKE", "CONNECTION_LOST");
      assertThat(server.counters().requests()).isZero();
    }
  }

  @Test
  void givesUpAHandshakeThatIsNeverAnswered() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ModbusLink link = link(tls.ofClient(), "localhost", silent.getLocalPort(), 200)) {
      ProtocolException failure = catchThrowableOfType(ProtocolException.class, link::open);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.status()).isEqualTo("TLS_HANDSHAKE");
    }
  }

  private static ModbusLink link(TlsLayer layer, String host, int port, long connectMillis) {
    return new LinkFactory(layer)
        .newLink(
            new ModbusEndpoint.Network(ModbusTransport.TLS, host, port),
            Optional.empty(),
            Links.connecting(Duration.ofMillis(connectMillis)));
  }
}
