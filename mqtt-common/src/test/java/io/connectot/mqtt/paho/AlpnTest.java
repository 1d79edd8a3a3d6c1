// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.tls.TestCertificates;
import io.connectot.core.tls.TlsConfig;
import io.connectot.core.tls.TlsFactory;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.BrokerAddress.Scheme;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that tells services of one port apart by ALPN (RFC 7301), with a broker behind it. */
class AlpnTest {
  private static final String MQTT = "x-amzn-mqtt-ca";

  @TempDir static Path folder;

  private static TestBroker broker;
  private static SSLServerSocket server;
  private static Optional<TlsFactory> tls;
  private static final BlockingQueue<List<String>> OFFERED = new LinkedBlockingQueue<>();

  @BeforeAll
  static void start() throws Exception {
    TestCertificates certificates = new TestCertificates(folder);
    Path trust = certificates.truststore("trust.p12", "PKCS12", certificates.authority("plant-ca"));
    KeyStore keys =
        TestCertificates.open(certificates.signed("broker", "plant-ca", "dns:localhost"));
    broker = TestBroker.start();
    server = serverSocket(keys);
    Thread acceptor = new Thread(AlpnTest::accept, "alpn-server");
    acceptor.setDaemon(true);
    acceptor.start();
    tls =
        Optional.of(
            TlsFactory.from(
                new AbstractConfig(
                    TlsConfig.addTo(new ConfigDef()),
                    Map.of(
                        "ssl.truststore.location",
                        trust.toString(),
                        "ssl.truststore.password",
                        TestCertificates.PASSWORD,
                        "ssl.truststore.type",
                        "PKCS12"),
                    false)));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    broker.close();
  }

  private static SSLServerSocket serverSocket(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, TestCertificates.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("localhost"));
  }

  private static void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket client = (SSLSocket) server.accept();
        client.setHandshakeApplicationProtocolSelector(
            (socket, protocols) -> {
              OFFERED.add(protocols);
              // Null refuses: no_application_protocol.
              return protocols.contains(MQTT) ? MQTT : null;
            });
        Thread thread = new Thread(() -> serve(client), "alpn-client");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Passes on what a client of the right protocol says, and ends any other. */
  private static void serve(SSLSocket client) {
    try (client;
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
      client.startHandshake();
      if (!MQTT.equals(client.getApplicationProtocol())) {
        return;
      }
      Thread back = new Thread(() -> copy(behind, client), "alpn-back");
      back.setDaemon(true);
      back.start();
      copy(client, behind);
    } catch (IOException e) {
      // The client sees its connection end.
    }
  }

  private static void copy(Socket from, Socket to) {
    byte[] buffer = new byte[4096];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side has ended; so does the other.
    }
  }

  private static TransportRig rig(MqttVersion version, String... protocols) {
    OFFERED.clear();
    return new TransportRig(
        version, Duration.ZERO, Duration.ofSeconds(20), tls, List.of(protocols));
  }

  private static BrokerAddress address() {
    return new BrokerAddress(Scheme.SSL, "localhost", server.getLocalPort(), "");
  }

  @ParameterizedTest
  @EnumSource
  void theServerTakesTheProtocolItKnows(MqttVersion version) throws Exception {
    TransportRig rig = rig(version, "mqtt", MQTT);
    try (MqttTransport transport = rig.transport(address())) {
      transport.connect(rig);
      transport.subscribe(List.of(Subscription.of(rig.clientId, 1)));
      transport.publish(TransportRig.outbound(rig.clientId, "through", 1), result -> {});
      assertThat(TransportRig.text(rig.message())).isEqualTo("through");
      transport.disconnect(Duration.ofSeconds(20));
    }
    assertThat(OFFERED.poll(30, TimeUnit.SECONDS)).containsExactly("mqtt", MQTT);
    rig.awaitNoThreads();
  }

  @Test
  void aServerThatKnowsNoneOfTheProtocolsRefuses() {
    TransportRig rig = rig(MqttVersion.V5, "http/1.1");
    MqttTransport transport = rig.transport(address());
    assertThatThrownBy(() -> transport.connect(rig)).isInstanceOf(ProtocolException.class);
    rig.awaitNoThreads();
  }

  @Test
  void withoutProtocolsNothingIsOffered() {
    TransportRig rig = rig(MqttVersion.V5);
    MqttTransport transport = rig.transport(address());
    assertThatThrownBy(() -> transport.connect(rig)).isInstanceOf(ProtocolException.class);
    assertThat(OFFERED).isEmpty();
    rig.awaitNoThreads();
  }
}
