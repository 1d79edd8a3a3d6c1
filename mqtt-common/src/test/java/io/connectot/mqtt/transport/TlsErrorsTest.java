// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.BrokerAddress.Scheme;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts as the JDK reports them, during the handshake and after it. */
class TlsErrorsTest {
  private static final BrokerAddress BROKER = new BrokerAddress(Scheme.SSL, "plant", 8883, "");

  @ParameterizedTest
  @CsvSource({
    "certificate_required, CLIENT_CERTIFICATE_REQUIRED, ssl.keystore.location",
    "bad_certificate, TLS_HANDSHAKE, ssl.keystore.location",
    "handshake_failure, TLS_HANDSHAKE, ssl.keystore.location",
    "unknown_ca, TLS_HANDSHAKE, does not accept the client certificate",
    "certificate_expired, TLS_HANDSHAKE, renew it",
    "no_application_protocol, TLS_HANDSHAKE, mqtt.alpn",
    "protocol_version, TLS_HANDSHAKE, ssl.enabled.protocols",
    "unexpected_message, TLS_HANDSHAKE, unexpected_message"
  })
  void alertsNameTheGuiltyKey(String alert, String status, String text) {
    SSLException thrown = new SSLHandshakeException("Received fatal alert: " + alert);
    for (ProtocolException failure :
        new ProtocolException[] {
          BrokerErrors.connecting(BROKER, thrown),
          BrokerErrors.lost(BROKER, new IOException("lost", thrown)),
        }) {
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining(text).hasMessageStartingWith("ssl://plant:8883: ");
    }
  }

  @Test
  void anExpiredCertificateOfTheBrokerIsNamed() {
    SSLException thrown = new SSLHandshakeException("PKIX path validation failed");
    thrown.initCause(new CertificateExpiredException("NotAfter: Sat Nov 28 2026"));
    assertThat(BrokerErrors.connecting(BROKER, thrown))
        .hasMessageContaining("not valid now (NotAfter: Sat Nov 28 2026)")
        .hasMessageContaining("renew it");
  }

  @Test
  void aConnectionThatEndsIsNoMistakeOfTheConfiguration() {
    SSLException closed = new SSLHandshakeException("Remote host terminated the handshake");
    closed.initCause(new EOFException("SSL peer shut down incorrectly"));
    SSLException reset = new SSLException("Connection reset", new SocketException("reset"));
    for (SSLException thrown : new SSLException[] {closed, reset}) {
      assertThat(BrokerErrors.connecting(BROKER, thrown).kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(BrokerErrors.lost(BROKER, thrown).status()).isEqualTo("CONNECTION_LOST");
    }
  }
}
