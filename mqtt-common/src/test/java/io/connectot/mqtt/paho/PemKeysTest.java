// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.tls.TestCertificates;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.BrokerAddress.Scheme;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections to a broker that requires a client certificate, with keys as {@code openssl genrsa
 * -traditional}, {@code openssl ecparam} and {@code openssl pkcs8 -topk8} write them.
 */
class PemKeysTest {
  /** Beside the tests of the keystores. */
  private static final String FOLDER = "/io/connectot/core/tls/";

  @TempDir static Path folder;
  private static TestBroker broker;

  @TempDir Path files;

  @BeforeAll
  static void start() throws Exception {
    TestCertificates certificates = new TestCertificates(folder);
    certificates.authority("plant-ca");
    Path server = certificates.signed("broker", "plant-ca", "dns:localhost");
    Path authority = Files.writeString(folder.resolve("clients.crt"), resource("ca.crt"));
    Path clients = certificates.truststore("clients.p12", "PKCS12", authority);
    broker = TestBroker.startWithTls(server, clients, TestCertificates.PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TestCertificates.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private TransportRig rig(MqttVersion version, String key, String password) throws IOException {
    String certificate = key.replaceFirst("[-.].*", "") + ".crt";
    Map<String, String> values = new HashMap<>();
    values.put(MqttConnectionConfig.BROKERS.name(), "ssl://localhost:8883");
    values.put("ssl.truststore.location", folder.resolve("plant-ca.crt").toString());
    values.put(
        "ssl.keystore.location",
        Files.writeString(files.resolve("client.crt"), resource(certificate)).toString());
    values.put(
        "ssl.keystore.key.location",
        Files.writeString(files.resolve("client.key"), resource(key)).toString());
    if (password != null) {
      values.put("ssl.key.password", password);
    }
    MqttConnectionConfig config =
        new MqttConnectionConfig(
            Configuration.parse(MqttConnectionConfig.KEYS.definition(), values));
    return new TransportRig(version, Duration.ZERO, Duration.ofSeconds(20), config.tls());
  }

  private static void exchangesAMessage(TransportRig rig) throws Exception {
    try (MqttTransport transport =
        rig.transport(new BrokerAddress(Scheme.SSL, "localhost", broker.tlsPort(), ""))) {
      transport.connect(rig);
      transport.subscribe(List.of(Subscription.of(rig.clientId, 1)));
      transport.publish(TransportRig.outbound(rig.clientId, "over mTLS", 1), result -> {});
      assertThat(TransportRig.text(rig.message())).isEqualTo("over mTLS");
    }
    rig.awaitNoThreads();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rsa-pkcs1.key", "rsa-pkcs8.key", "ec-sec1.key", "ec-pkcs8.key", "ed25519.key"})
  void connectsWithKeysWithoutAPassword(String key) throws Exception {
    exchangesAMessage(rig(MqttVersion.V5, key, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa-pkcs1-encrypted.key",
        "rsa-pkcs8-encrypted.key",
        "rsa-pkcs8-pbes1.key",
        "ec-sec1-encrypted.key",
        "ec-pkcs8-encrypted.key"
      })
  void connectsWithKeysWithAPassword(String key) throws Exception {
    exchangesAMessage(rig(MqttVersion.V3, key, "changeit"));
  }

  @Test
  void aWrongPasswordIsReportedOnItsKey() {
    assertThatThrownBy(() -> rig(MqttVersion.V5, "rsa-pkcs1-encrypted.key", "wrong"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration ssl.key.password: ");
  }
}
