// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.tls.TestCertificates;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.BrokerAddress.Scheme;
import io.connectot.mqtt.config.MqttConnectionConfig;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS with certificates on both sides, from the configuration to the broker. */
class TlsTest {
  @TempDir static Path folder;

  private static Path trust;
  private static Path client;
  private static TestBroker broker;

  @BeforeAll
  static void start() throws Exception {
    TestCertificates certificates = new TestCertificates(folder);
    trust = certificates.truststore("trust.p12", "PKCS12", certificates.authority("plant-ca"));
    client = certificates.signed("client", "plant-ca", "dns:client");
    Path keys = certificates.signed("broker", "plant-ca", "dns:localhost");
    broker = TestBroker.startWithTls(keys, trust, TestCertificates.PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static TransportRig rig(MqttVersion version, boolean withCertificate) {
    Map<String, String> values = new HashMap<>();
    values.put(MqttConnectionConfig.BROKERS.name(), "ssl://localhost:8883");
    values.put("ssl.truststore.location", trust.toString());
    values.put("ssl.truststore.password", TestCertificates.PASSWORD);
    if (withCertificate) {
      values.put("ssl.keystore.location", client.toString());
      values.put("ssl.keystore.password", TestCertificates.PASSWORD);
      values.put("ssl.keystore.type", "PKCS12");
    }
    values.put("ssl.truststore.type", "PKCS12");
    ConfigDef definition = MqttConnectionConfig.KEYS.definition();
    MqttConnectionConfig config = new MqttConnectionConfig(Configuration.parse(definition, values));
    return new TransportRig(version, Duration.ZERO, Duration.ofSeconds(20), config.tls());
  }

  @ParameterizedTest
  @CsvSource({"V3,SSL", "V5,SSL", "V3,WSS", "V5,WSS"})
  void messagesTravelEncrypted(MqttVersion version, Scheme scheme) throws Exception {
    TransportRig rig = rig(version, true);
    BrokerAddress address =
        new BrokerAddress(scheme, "localhost", broker.tlsPort(), scheme.webSocket() ? "/mqtt" : "");
    try (MqttTransport transport = rig.transport(address)) {
      transport.connect(rig);
      transport.subscribe(List.of(Subscription.of(rig.clientId, 1)));
      transport.publish(TransportRig.outbound(rig.clientId, "secret", 1), result -> {});
      assertThat(TransportRig.text(rig.message())).isEqualTo("secret");
      transport.disconnect(Duration.ofSeconds(20));
    }
    rig.awaitNoThreads();
  }

  @Test
  void aBrokerOfAnotherNameIsRefused() {
    TransportRig rig = rig(MqttVersion.V5, true);
    MqttTransport transport =
        rig.transport(new BrokerAddress(Scheme.SSL, "127.0.0.1", broker.tlsPort(), ""));
    assertThatThrownBy(() -> transport.connect(rig))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> {
              assertThat(e.status()).isEqualTo("TLS_HANDSHAKE");
              assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
            });
    rig.awaitNoThreads();
  }

  @Test
  void aClientWithoutACertificateIsRefused() {
    TransportRig rig = rig(MqttVersion.V3, false);
    MqttTransport transport =
        rig.transport(new BrokerAddress(Scheme.SSL, "localhost", broker.tlsPort(), ""));
    assertThatThrownBy(() -> transport.connect(rig)).isInstanceOf(ProtocolException.class);
    rig.awaitNoThreads();
  }

  @Test
  void aHandshakeThatNeverEndsIsClosed() throws Exception {
    TransportRig rig = rig(MqttVersion.V5, true);
    CountDownLatch reached = new CountDownLatch(1);
    try (ScriptedBroker silent =
        new ScriptedBroker(
            peer -> {
              reached.countDown();
              peer.hang();
            })) {
      MqttTransport transport =
          rig.transport(new BrokerAddress(Scheme.SSL, "127.0.0.1", silent.port(), ""));
      CompletableFuture<String> end =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  transport.connect(rig);
                  return "connected";
                } catch (ProtocolException e) {
                  return e.status();
                } catch (InterruptedException e) {
                  return "interrupted";
                }
              });
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
      transport.close();
      assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("CLOSED");
    }
    rig.awaitNoThreads();
  }
}
