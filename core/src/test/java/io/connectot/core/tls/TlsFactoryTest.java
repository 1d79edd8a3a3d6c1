// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFactoryTest {
  private static final String SERVER_NAME = "localhost";

  @TempDir static Path folder;
  private static Path authority;
  private static Path server;
  private static Path client;
  private static Path trust;

  private final Map<String, String> props = new HashMap<>();

  @BeforeAll
  static void makeCertificates() {
    TestCertificates certificates = new TestCertificates(folder);
    authority = certificates.authority("plant-ca");
    certificates.authority("other-ca");
    server = certificates.signed("server", "plant-ca", "dns:" + SERVER_NAME);
    client = certificates.signed("client", "plant-ca", "dns:client");
    trust = certificates.truststore("trust.p12", "PKCS12", authority);
    certificates.truststore("trust.jks", "JKS", authority);
    certificates.truststore("other.p12", "PKCS12", folder.resolve("other-ca.crt"));
  }

  @BeforeEach
  void trustTheAuthority() {
    trustFile("trust.p12");
  }

  @Test
  void connectsToATrustedServer() throws Exception {
    assertThat(echoes(SERVER_NAME, false)).isTrue();
  }

  @Test
  void readsAJksTruststore() throws Exception {
    trustFile("trust.jks");
    assertThat(echoes(SERVER_NAME, false)).isTrue();
  }

  @Test
  void readsAPemFile() throws Exception {
    props.clear();
    props.put("ssl.truststore.location", authority.toString());
    assertThat(echoes(SERVER_NAME, false)).isTrue();
  }

  @Test
  void readsPemFromTheConfiguration() throws Exception {
    props.clear();
    props.put("ssl.truststore.certificates", Files.readString(authority));
    assertThat(echoes(SERVER_NAME, false)).isTrue();
  }

  @Test
  void refusesAServerOfAnUnknownAuthority() {
    trustFile("other.p12");
    assertThatThrownBy(() -> echoes(SERVER_NAME, false))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void refusesAServerOfAnotherName() {
    assertThatThrownBy(() -> echoes("127.0.0.1", false))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void acceptsAnotherNameWhenTheCheckIsOff() throws Exception {
    props.put("ssl.endpoint.identification.algorithm", "");
    assertThat(echoes("127.0.0.1", false)).isTrue();
  }

  @Test
  void showsItsCertificateFromAKeystore() throws Exception {
    props.put("ssl.keystore.location", client.toString());
    props.put("ssl.keystore.password", TestCertificates.PASSWORD);
    assertThat(echoes(SERVER_NAME, true)).isTrue();
  }

  @Test
  void showsItsCertificateFromPem() throws Exception {
    props.put("ssl.keystore.type", "PEM");
    props.put("ssl.keystore.key", TestCertificates.privateKeyPem(client, "client"));
    props.put("ssl.keystore.certificate.chain", TestCertificates.chainPem(client, "client"));
    assertThat(echoes(SERVER_NAME, true)).isTrue();
  }

  @Test
  void isRefusedWithoutACertificateByAServerThatWantsOne() {
    assertThatThrownBy(() -> echoes(SERVER_NAME, true)).isInstanceOf(IOException.class);
  }

  @Test
  void givesSocketsOfLibrariesTheSameChecks() throws Exception {
    try (EchoServer echo = new EchoServer(server, trust, false)) {
      try (Socket right = factory().socketFactory().createSocket(SERVER_NAME, echo.port())) {
        assertThat(echo(right)).isTrue();
      }
      try (Socket wrong = factory().socketFactory().createSocket("127.0.0.1", echo.port())) {
        assertThatThrownBy(() -> echo(wrong)).isInstanceOf(SSLException.class);
      }
    }
  }

  @Test
  void tellsTheServerTheHostNameButNoAddress() {
    assertThat(factory().parameters("plc.example.org").getServerNames())
        .containsExactly(new SNIHostName("plc.example.org"));
    assertThat(factory().parameters("10.0.0.5").getServerNames()).isNullOrEmpty();
    assertThat(factory().parameters("fe80::1").getServerNames()).isNullOrEmpty();
    assertThat(factory().parameters("press_1").getServerNames()).isNullOrEmpty();
  }

  @Test
  void offersWhatIsConfigured() {
    props.put("ssl.enabled.protocols", "TLSv1.2");
    props.put("ssl.cipher.suites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    assertThat(factory().parameters("a").getProtocols()).containsExactly("TLSv1.2");
    assertThat(factory().parameters("a").getCipherSuites())
        .containsExactly("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  }

  @Test
  void namesTheKeyOfAMissingFile() {
    trustFile("nowhere.p12");
    fails("ssl.truststore.location", "this worker has no such file, or may not read it");
  }

  @Test
  void namesTheKeyOfAWrongTruststorePassword() {
    props.put("ssl.truststore.password", "secret-but-wrong");
    fails("ssl.truststore.password", "set the right password");
    assertThatThrownBy(this::factory).hasMessageNotContaining("secret-but-wrong");
  }

  @Test
  void namesTheKeyOfAWrongKeystorePassword() {
    props.put("ssl.keystore.location", client.toString());
    props.put("ssl.keystore.password", "wrong");
    fails("ssl.keystore.password", "set the right password");
    hidesWhatIsThere();
  }

  @Test
  void namesTheKeyOfAWrongKeyPassword() {
    props.put("ssl.keystore.location", client.toString());
    props.put("ssl.keystore.password", TestCertificates.PASSWORD);
    props.put("ssl.key.password", "wrong");
    fails("ssl.key.password", "does not open the private key in ssl.keystore.location");
    hidesWhatIsThere();
  }

  @Test
  void namesThePasswordThatAPemFileHasNot() {
    props.put("ssl.truststore.location", authority.toString());
    fails("ssl.truststore.password", "is set, but a PEM file has no password; remove it");
    hidesWhatIsThere();
  }

  @Test
  void namesTheKeyOfAStoreOfAnotherForm() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jks"), "no keystore");
    props.put("ssl.truststore.location", text.toString());
    fails("ssl.truststore.location", "cannot be read as JKS; if it has another format, set");
  }

  @Test
  void namesTheKeyOfBrokenPem() {
    props.clear();
    props.put("ssl.truststore.certificates", "-----BEGIN CERTIFICATE-----\nbroken");
    fails("ssl.truststore.certificates", "cannot be read as PEM");
    hidesWhatIsThere();
  }

  @Test
  void wantsAPrivateKeyWithItsChain() {
    props.put("ssl.keystore.certificate.chain", "-----BEGIN CERTIFICATE-----");
    fails("ssl.keystore.key", "a private key and its certificate chain go together");
  }

  @Test
  void wantsFileOrText() {
    props.put("ssl.truststore.certificates", "-----BEGIN CERTIFICATE-----");
    fails("ssl.truststore.certificates", "is set beside ssl.truststore.location");
    hidesWhatIsThere();
  }

  @Test
  void wantsAStoreForItsPassword() {
    props.put("ssl.keystore.password", "x");
    fails("ssl.keystore.location", "there is a ssl.keystore.password");
  }

  @Test
  void suggestsProtocols() {
    props.put("ssl.enabled.protocols", "TLS1.3");
    fails("ssl.enabled.protocols", "did you mean TLSv1.3?");
  }

  @Test
  void definesItsKeysOnce() {
    ConfigDef once = TlsConfig.addTo(new ConfigDef());
    assertThat(TlsConfig.addTo(TlsConfig.addTo(new ConfigDef())).names())
        .isEqualTo(once.names())
        .allMatch(name -> name.startsWith("ssl."));
    assertThat(List.copyOf(once.configKeys().values()))
        .allSatisfy(
            key -> {
              assertThat(key.documentation).isNotBlank();
              assertThat(key.group).isEqualTo("TLS");
            });
  }

  private void fails(String key, String message) {
    assertThatThrownBy(this::factory)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration " + key + ": ")
        .hasMessageContaining(message);
  }

  private void hidesWhatIsThere() {
    assertThatThrownBy(this::factory).hasMessageStartingWith("Invalid value [hidden] for");
  }

  private void trustFile(String name) {
    props.put("ssl.truststore.location", folder.resolve(name).toString());
    props.put("ssl.truststore.password", TestCertificates.PASSWORD);
  }

  private TlsFactory factory() {
    return TlsFactory.from(
        new AbstractConfig(TlsConfig.addTo(new ConfigDef()), new HashMap<>(props), false));
  }

  private boolean echoes(String host, boolean clientCertificate) throws Exception {
    TlsFactory tls = factory();
    try (EchoServer echo = new EchoServer(server, trust, clientCertificate);
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), echo.port());
        SSLSocket socket = tls.wrap(plain, host, echo.port())) {
      return echo(socket);
    }
  }

  private static boolean echo(Socket socket) throws IOException {
    socket.getOutputStream().write(42);
    socket.getOutputStream().flush();
    return socket.getInputStream().read() == 42;
  }
}
