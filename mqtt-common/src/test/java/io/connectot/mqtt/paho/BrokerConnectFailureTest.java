// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.tls.TestCertificates;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.BrokerAddress.Scheme;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cause of a refused connection names what to change. */
class BrokerConnectFailureTest {
  @TempDir static Path folder;

  private static TestCertificates certificates;
  private static TestBroker broker;

  @BeforeAll
  static void start() throws Exception {
    certificates = new TestCertificates(folder);
    Path trust = certificates.truststore("trust.p12", "PKCS12", certificates.authority("plant-ca"));
    Path keys = certificates.signed("broker", "plant-ca", "dns:localhost");
    broker = TestBroker.startWithTls(keys, trust, TestCertificates.PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static ProtocolException failure(TransportRig rig, BrokerAddress address) {
    ProtocolException failure =
        catchThrowableOfType(ProtocolException.class, () -> rig.transport(address).connect(rig));
    assertThat(failure).as("the failure").isNotNull();
    rig.awaitNoThreads();
    return failure;
  }

  /** A broker that answers CONNECT, or whatever comes instead, with these bytes. */
  private static ScriptedBroker answering(String hex) throws Exception {
    byte[] answer = HexFormat.of().parseHex(hex.replace(" ", ""));
    return new ScriptedBroker(
        peer -> {
          peer.read();
          peer.send(answer);
          if (answer.length > 0) {
            peer.ignore();
          }
        });
  }

  /**
   * CONNACK of MQTT 5: 20, length, 0, reason code, length of properties; 1c server reference, 1f
   * reason. A TLS alert: 15, version 3.x, length 2.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "V5 | 20020001 | CONFIGURATION | 0x84 UNSUPPORTED_PROTOCOL_VERSION | MQTT 3.1.1 only: set"
            + " mqtt.version=3",
        "V5 | 20020005 | CONFIGURATION | 0x84 UNSUPPORTED_PROTOCOL_VERSION | set mqtt.version=3",
        "V5 | 2003008400 | CONFIGURATION | 0x84 UNSUPPORTED_PROTOCOL_VERSION | mqtt.version",
        "V3 | 20020001 | CONFIGURATION | 0x84 UNSUPPORTED_PROTOCOL_VERSION | mqtt.version",
        "V5 | '' | TRANSIENT | CONNECTION_LOST | supports mqtt.version=5, that it allows the client"
            + " id 'rig-",
        "V3 | '' | TRANSIENT | CONNECTION_LOST | requires TLS (ssl:// instead of tcp://)",
        "V5 | 2003009d00 | CONFIGURATION | 0x9D SERVER_MOVED | set mqtt.brokers to it",
        "V5 | 2010009d0d 1c000a 6d7174742e73697465 61 | CONFIGURATION | 0x9D SERVER_MOVED | refers"
            + " to 'mqtt.sitea': set mqtt.brokers to this address",
        "V5 | 2010009c0d 1c000a 6d7174742e73697465 61 | TRANSIENT | 0x9C USE_ANOTHER_SERVER |"
            + " refers to 'mqtt.sitea': set mqtt.brokers to this address",
        "V5 | 2009008706 1f0003 6f6666 | CONFIGURATION | 0x87 NOT_AUTHORIZED | (off); check"
            + " mqtt.username and mqtt.password or mqtt.password.file",
        "V3 | 20020005 | CONFIGURATION | 0x87 NOT_AUTHORIZED | check mqtt.username and"
            + " mqtt.password",
        "V5 | 2003008600 | CONFIGURATION | 0x86 BAD_USER_NAME_OR_PASSWORD | mqtt.password.file",
        "V3 | 20020004 | CONFIGURATION | 0x86 BAD_USER_NAME_OR_PASSWORD | mqtt.password.file",
        "V5 | 2003008500 | CONFIGURATION | 0x85 CLIENT_IDENTIFIER_NOT_VALID | set mqtt.client.id",
        "V3 | 20020002 | CONFIGURATION | 0x85 CLIENT_IDENTIFIER_NOT_VALID | set mqtt.client.id",
        "V5 | 2003008c00 | CONFIGURATION | 0x8C BAD_AUTHENTICATION_METHOD | enhanced"
            + " authentication",
        "V5 | 2003009a00 | CONFIGURATION | 0x9A RETAIN_NOT_SUPPORTED | check the will",
        "V5 | 2003009700 | TRANSIENT | 0x97 QUOTA_EXCEEDED | limits of clients",
        "V5 | 15030300020246 | CONFIGURATION | TLS_SPOKEN | use ssl:// instead of tcp://",
        "V3 | 15030100020228 | CONFIGURATION | TLS_SPOKEN | use ssl:// instead of tcp://",
      })
  void theAnswerOfTheBrokerNamesTheRemedy(
      MqttVersion version, String hex, Kind kind, String status, String text) throws Exception {
    TransportRig rig = new TransportRig(version);
    try (ScriptedBroker scripted = answering(hex.replace("'", ""))) {
      ProtocolException failure = failure(rig, TransportRig.tcp(scripted.port()));
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageStartingWith("tcp://127.0.0.1:").hasMessageContaining(text);
    }
  }

  @Test
  void aWebServerIsRecognized() throws Exception {
    String answer = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n" + "x".repeat(100);
    try (ScriptedBroker server =
        answering(HexFormat.of().formatHex(answer.getBytes(StandardCharsets.US_ASCII)))) {
      ProtocolException failure =
          failure(new TransportRig(MqttVersion.V5), TransportRig.tcp(server.port()));
      assertThat(failure.status()).isEqualTo("HTTP_SPOKEN");
      assertThat(failure).hasMessageContaining("ws:// or wss://");
    }
  }

  private static TransportRig secure(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put(MqttConnectionConfig.BROKERS.name(), "ssl://localhost:8883");
    Configuration config = Configuration.parse(MqttConnectionConfig.KEYS.definition(), values);
    return new TransportRig(
        MqttVersion.V5,
        Duration.ZERO,
        Duration.ofSeconds(20),
        new MqttConnectionConfig(config).tls());
  }

  private static Map<String, String> trusting(String store) {
    return Map.of(
        "ssl.truststore.location",
        folder.resolve(store).toString(),
        "ssl.truststore.password",
        TestCertificates.PASSWORD,
        "ssl.truststore.type",
        "PKCS12");
  }

  private static BrokerAddress tls(String host, int port) {
    return new BrokerAddress(Scheme.SSL, host, port, "");
  }

  @Test
  void aPlainPortIsRecognizedByTheTlsClient() throws Exception {
    try (ScriptedBroker plain =
        new ScriptedBroker(peer -> peer.send(Packets.connack(5, false, 0)))) {
      ProtocolException failure =
          failure(secure(trusting("trust.p12")), tls("localhost", plain.port()));
      assertThat(failure).hasMessageContaining("does not speak TLS").hasMessageContaining("tcp://");
      assertThat(failure.status()).isEqualTo("TLS_NOT_SPOKEN");
      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    }
  }

  @Test
  void aPlainPortThatClosesIsSuspected() throws Exception {
    try (ScriptedBroker plain = new ScriptedBroker(peer -> peer.read())) {
      ProtocolException failure =
          failure(secure(trusting("trust.p12")), tls("localhost", plain.port()));
      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure).hasMessageContaining("check that the port speaks TLS (use tcp://");
    }
  }

  @Test
  void anEmbeddedBrokersTlsPortIsSuspectedOrRecognizedByThePlainClient() {
    ProtocolException failure =
        failure(new TransportRig(MqttVersion.V5), TransportRig.tcp(broker.tlsPort()));
    assertThat(failure).hasMessageContaining("ssl:// instead of tcp://");
  }

  @Test
  void aMissingClientCertificateIsNamed() {
    ProtocolException failure =
        failure(secure(trusting("trust.p12")), tls("localhost", broker.tlsPort()));
    assertThat(failure)
        .hasMessageContaining("client certificate")
        .hasMessageContaining("ssl.keystore.");
  }

  @Test
  void anUntrustedBrokerNamesTheTruststore() throws Exception {
    certificates.truststore("other.p12", "PKCS12", certificates.authority("other-ca"));
    ProtocolException failure =
        failure(secure(trusting("other.p12")), tls("localhost", broker.tlsPort()));
    assertThat(failure.status()).isEqualTo("TLS_HANDSHAKE");
    assertThat(failure).hasMessageContaining("ssl.truststore.location");
  }

  @Test
  void aCertificateOfAnotherHostNamesTheBroker() {
    ProtocolException failure =
        failure(secure(trusting("trust.p12")), tls("127.0.0.1", broker.tlsPort()));
    assertThat(failure.status()).isEqualTo("TLS_HANDSHAKE");
    assertThat(failure)
        .hasMessageContaining("another host name")
        .hasMessageContaining("mqtt.brokers");
  }

  @Test
  void aRevisedSessionExpiryIsWarnedOfOnce() {
    SessionExpiryCheck check = new SessionExpiryCheck(Duration.ofDays(1));
    BrokerAddress address = TransportRig.tcp(1883);
    assertThat(check.warning(address, Duration.ofDays(1))).isEmpty();
    Optional<String> warning = check.warning(address, Duration.ofMinutes(1));
    assertThat(warning)
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains(
                        "60 s", "86400 s of mqtt.session.expiry.ms", "raise the broker's limit"));
    assertThat(check.warning(address, Duration.ofMinutes(1))).isEmpty();
    assertThat(check.warning(address, Duration.ofDays(2))).isEmpty();
    assertThat(check.warning(address, Duration.ofMinutes(1))).isEqualTo(warning);
  }

  @Test
  void theSessionExpiryOfTheBrokerIsRead() throws Exception {
    try (ScriptedBroker scripted = answering("2008000005 110000003c")) {
      TransportRig rig =
          new TransportRig(
              MqttVersion.V5, Duration.ofDays(1), Duration.ofSeconds(20), Optional.empty());
      try (var transport = rig.transport(TransportRig.tcp(scripted.port()))) {
        assertThat(transport.connect(rig).sessionPresent()).isFalse();
      }
      rig.awaitNoThreads();
    }
  }
}
