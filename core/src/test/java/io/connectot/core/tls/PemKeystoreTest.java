// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Client certificates and keys in the files that OpenSSL writes; see README.md beside the files.
 */
class PemKeystoreTest {
  private static final String SERVER_NAME = "localhost";

  @TempDir static Path folder;
  private static Path server;
  private static Path clientAuthorities;

  @TempDir Path files;
  private final Map<String, String> props = new HashMap<>();

  @BeforeAll
  static void makeServer() throws IOException {
    TestCertificates certificates = new TestCertificates(folder);
    certificates.authority("plant-ca");
    server = certificates.signed("server", "plant-ca", "dns:" + SERVER_NAME);
    Path authority = Files.writeString(folder.resolve("ca.crt"), resource("ca.crt"));
    clientAuthorities = certificates.truststore("clients.p12", "PKCS12", authority);
  }

  @BeforeEach
  void trustTheServer() {
    props.put("ssl.truststore.location", folder.resolve("plant-ca.crt").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rsa-pkcs1.key", "rsa-pkcs8.key", "ec-sec1.key", "ec-pkcs8.key", "ed25519.key"})
  void usesKeysWithoutAPassword(String key) throws Exception {
    separateFiles(key);
    assertThat(isAccepted()).isTrue();
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
  void usesKeysWithAPassword(String key) throws Exception {
    separateFiles(key);
    props.put("ssl.key.password", "changeit");
    assertThat(isAccepted()).isTrue();
    props.put("ssl.key.password", "secret-but-wrong");
    fails("ssl.key.password", "does not decrypt the private key in ssl.keystore.key.location");
    assertThatThrownBy(this::factory)
        .hasMessageStartingWith("Invalid value [hidden]")
        .hasMessageNotContaining("secret-but-wrong");
    props.remove("ssl.key.password");
    fails("ssl.key.password", "is missing: the private key in ssl.keystore.key.location is enc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pkcs1.key", "rsa-pkcs8.key", "ec-sec1.key", "ec-pkcs8.key"})
  void usesOneFileInEitherOrder(String key) throws Exception {
    Path both = file("both.pem", resource(key) + resource(certificateOf(key)));
    props.put("ssl.keystore.location", both.toString());
    assertThat(isAccepted()).isTrue();
    file("both.pem", resource(certificateOf(key)) + resource("ca.crt") + resource(key));
    assertThat(isAccepted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"rsa-pkcs1.key,", "ec-sec1.key,", "rsa-pkcs8-encrypted.key,changeit"})
  void usesTextsOfTheConfiguration(String key, String password) throws Exception {
    props.put("ssl.keystore.certificate.chain", resource(certificateOf(key)));
    props.put("ssl.keystore.key", resource(key));
    if (password != null) {
      props.put("ssl.key.password", password);
    }
    assertThat(isAccepted()).isTrue();
  }

  @Test
  void usesACertificateFileWithAKeyOfTheConfiguration() throws Exception {
    props.put("ssl.keystore.location", file("client.crt", resource("ec.crt")).toString());
    props.put("ssl.keystore.key", resource("ec-sec1.key"));
    assertThat(isAccepted()).isTrue();
  }

  @Test
  void usesTextsWhoseLinesWereJoinedOrIndented() throws Exception {
    props.put("ssl.keystore.certificate.chain", resource("rsa.crt").replace("\n", "\n    "));
    props.put("ssl.keystore.key", resource("rsa-pkcs1.key").replace("\n", " "));
    assertThat(isAccepted()).isTrue();
  }

  @Test
  void findsTheOwnCertificateBehindThatOfItsIssuer() throws Exception {
    separateFiles("rsa-pkcs1.key");
    file("client.crt", resource("ca.crt") + resource("rsa.crt"));
    assertThat(isAccepted()).isTrue();
  }

  @Test
  void ignoresWhatElseIsInTheFile() throws Exception {
    separateFiles("rsa-pkcs1.key");
    file(
        "client.key",
        "\uFEFF-----BEGIN DH PARAMETERS-----\nMAA=\n-----END DH PARAMETERS-----\r\n"
            + resource("rsa-pkcs1.key").replace("\n", "\r\n"));
    assertThat(isAccepted()).isTrue();
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws IOException {
    separateFiles("rsa-pkcs1.key");
    file("client.key", resource("ec-sec1.key"));
    fails(
        "ssl.keystore.key.location",
        "does not belong to the certificate of CN=pem-test-rsa in ssl.keystore.location");
    file("client.crt", Files.readString(folder.resolve("server.crt")));
    fails("ssl.keystore.key.location", "does not belong to the certificate of CN=server");
  }

  @Test
  void wantsTheFileOfTheKey() throws IOException {
    props.put("ssl.keystore.location", file("client.crt", resource("rsa.crt")).toString());
    fails("ssl.keystore.key.location", "there is no private key beside the certificate");
  }

  @Test
  void wantsTheCertificate() throws IOException {
    Path key = file("client.key", resource("rsa-pkcs1.key"));
    props.put("ssl.keystore.key.location", key.toString());
    fails("ssl.keystore.location", "a private key and its certificate chain go together");
    props.put("ssl.keystore.location", key.toString());
    fails("ssl.keystore.location", "has no certificate in PEM format (BEGIN CERTIFICATE)");
  }

  @Test
  void wantsAKeyInTheFileOfTheKey() throws IOException {
    separateFiles("rsa-pkcs1.key");
    file("client.key", resource("rsa.crt"));
    fails("ssl.keystore.key.location", "has no private key in PEM format");
  }

  @Test
  void namesTheKeyOfAMissingFile() throws IOException {
    separateFiles("rsa-pkcs1.key");
    props.put("ssl.keystore.key.location", files.resolve("nowhere.key").toString());
    fails("ssl.keystore.key.location", "this worker has no such file, or may not read it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.crt", "client.key"})
  void namesTheKeyOfADamagedFile(String name) throws IOException {
    separateFiles("rsa-pkcs1.key");
    String whole = Files.readString(files.resolve(name));
    int middle = whole.indexOf("-----BEGIN") + 200;
    file(name, whole.substring(0, middle) + whole.substring(middle + 101));
    fails(
        name.equals("client.crt") ? "ssl.keystore.location" : "ssl.keystore.key.location",
        "cannot be read as PEM");
  }

  @Test
  void wantsOneKey() throws IOException {
    separateFiles("rsa-pkcs1.key");
    props.put("ssl.keystore.key", resource("rsa-pkcs1.key"));
    fails("ssl.keystore.key", "is set beside ssl.keystore.key.location");
  }

  @Test
  void wantsPemForAKeyBesideTheKeystore() throws IOException {
    separateFiles("rsa-pkcs1.key");
    props.put("ssl.keystore.type", "PKCS12");
    fails("ssl.keystore.type", "must be PEM beside ssl.keystore.key.location");
  }

  @Test
  void pointsFromTheKeystorePasswordToThatOfTheKey() throws IOException {
    separateFiles("rsa-pkcs8-encrypted.key");
    props.put("ssl.keystore.password", "changeit");
    fails("ssl.keystore.password", "set ssl.key.password if the private key is encrypted");
  }

  @Test
  void readsChangedFilesForTheNextConnection() throws Exception {
    separateFiles("rsa-pkcs1.key");
    TlsFactory tls = factory();
    assertThat(subject(tls)).isEqualTo("CN=pem-test-rsa");
    assertThat(tls.context()).isSameAs(tls.context());
    file("client.crt", resource("ec.crt"));
    assertThat(subject(tls)).as("the key is still the old one").isEqualTo("CN=pem-test-rsa");
    file("client.key", resource("ec-sec1.key"));
    assertThat(subject(tls)).isEqualTo("CN=pem-test-ec");
  }

  private void separateFiles(String key) throws IOException {
    props.put("ssl.keystore.location", file("client.crt", resource(certificateOf(key))).toString());
    props.put("ssl.keystore.key.location", file("client.key", resource(key)).toString());
  }

  private static String certificateOf(String key) {
    return key.replaceFirst("[-.].*", "") + ".crt";
  }

  private Path file(String name, String content) throws IOException {
    Path file = Files.writeString(files.resolve(name), content);
    // A file system may keep whole seconds only.
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.EPOCH.plusSeconds(content.length())));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PemKeystoreTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private TlsFactory factory() {
    return TlsFactory.from(
        new AbstractConfig(TlsConfig.addTo(new ConfigDef()), new HashMap<>(props), false));
  }

  private void fails(String key, String message) {
    assertThatThrownBy(this::factory)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration " + key + ": ")
        .hasMessageContaining(message);
  }

  private boolean isAccepted() throws Exception {
    return !subject(factory()).isEmpty();
  }

  /** Connects to a server that requests a certificate; the subject of that which it accepted. */
  private String subject(TlsFactory tls) throws Exception {
    try (EchoServer echo = new EchoServer(server, clientAuthorities, true);
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), echo.port());
        SSLSocket socket = tls.wrap(plain, SERVER_NAME, echo.port())) {
      socket.getOutputStream().write(42);
      socket.getOutputStream().flush();
      assertThat(socket.getInputStream().read()).isEqualTo(42);
      return socket.getSession().getLocalPrincipal().getName();
    }
  }
}
