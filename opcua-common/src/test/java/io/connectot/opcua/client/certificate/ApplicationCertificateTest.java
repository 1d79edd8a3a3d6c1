// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.ClientConfigs;
import io.connectot.opcua.config.OpcUaSecurityConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationCertificateTest {
  @TempDir private Path folder;

  @Test
  void isMadeOnceByManyAtTheSameTime() throws Exception {
    int tasks = 4;
    CyclicBarrier together = new CyclicBarrier(tasks);
    ExecutorService threads = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<CertificateWithKey>> made = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        made.add(
            threads.submit(
                () -> {
                  together.await();
                  return get(ClientConfigs.of(folder));
                }));
      }
      Set<X509Certificate> certificates = new HashSet<>();
      for (Future<CertificateWithKey> one : made) {
        certificates.add(one.get().certificate());
      }
      assertThat(certificates).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(files(folder.resolve("own/private"))).hasSize(1);
  }

  @Test
  void isKept() throws Exception {
    CertificateWithKey first = get(ClientConfigs.of(folder));
    CertificateWithKey second = get(ClientConfigs.of(folder));
    assertThat(second.certificate()).isEqualTo(first.certificate());
    assertThat(second.privateKey()).isEqualTo(first.privateKey());
    assertThat(Path.of(first.file())).exists().hasExtension("der");
    assertThat(first.toString()).isEqualTo(first.file());
  }

  @Test
  void isValidForServersWhoseClocksAreWrong() throws Exception {
    X509Certificate made = get(ClientConfigs.of(folder)).certificate();

    made.checkValidity(Date.from(Instant.now().minus(Duration.ofDays(360))));
    made.checkValidity(Date.from(Instant.now().plus(Duration.ofDays(19 * 365))));
  }

  @Test
  void isOfTheApplication() throws Exception {
    CertificateWithKey one = get(ClientConfigs.of(folder));
    CertificateWithKey other =
        get(ClientConfigs.of(folder, "opcua.application.uri", "urn:acme:other"));
    assertThat(Certificates.applicationUri(one.certificate()))
        .contains("urn:connect-ot:opcua:press-shop");
    assertThat(Certificates.applicationUri(other.certificate())).contains("urn:acme:other");
  }

  @Test
  void keepsTheKeyToItself() throws Exception {
    get(ClientConfigs.of(folder));
    Path key = files(folder.resolve("own/private")).get(0);
    if (Files.getFileStore(key).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
    assertThat(key).content().contains("PRIVATE KEY");
  }

  @Test
  void mayBeGivenAsPkcs12() throws Exception {
    CertificateWithKey made = get(ClientConfigs.of(folder));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = "hush".toCharArray();
    X509Certificate[] chain = {made.certificate()};
    store.setKeyEntry("own", made.privateKey(), password, chain);
    Path file = folder.resolve("own.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    Configuration given =
        ClientConfigs.of(
            folder,
            "opcua.client.cert.file",
            file.toString(),
            "opcua.client.cert.password",
            "hush");
    assertThat(get(given).certificate()).isEqualTo(made.certificate());

    Configuration wrong =
        ClientConfigs.of(
            folder,
            "opcua.client.cert.file",
            file.toString(),
            "opcua.client.cert.password",
            "not-this-one");
    assertThatThrownBy(() -> get(wrong))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("opcua.client.cert.file")
        .hasMessageNotContaining("not-this-one");
  }

  @Test
  void ofAnotherApplicationIsRefused() throws Exception {
    get(ClientConfigs.of(folder));
    Path file = files(folder.resolve("own/private")).get(0);
    Configuration other =
        ClientConfigs.of(
            folder,
            "opcua.client.cert.file",
            file.toString(),
            "opcua.application.uri",
            "urn:acme:other");
    assertThatThrownBy(() -> get(other))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("set opcua.application.uri=urn:connect-ot:opcua:press-shop");
  }

  @Test
  void saysWhenTheFolderCannotBeUsed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertThatThrownBy(() -> get(ClientConfigs.of(file)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("opcua.pki.dir");
  }

  private static CertificateWithKey get(Configuration settings) throws ProtocolException {
    PkiDirectory pki = new PkiDirectory(settings.get(OpcUaSecurityConfig.PKI_DIR));
    pki.prepare();
    return ApplicationCertificate.get(settings, pki);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
