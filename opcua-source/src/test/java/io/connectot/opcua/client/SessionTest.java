// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.config.ClientSettings;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantSecurity;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Sessions with a real server: security, identity, trust. */
class SessionTest {
  private static PlantServer server;

  @TempDir private Path pki;

  @BeforeAll
  static void start() {
    server = PlantServer.start(PlantOptions.DEFAULT.withPolicies(SecurityPolicy.values()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(value = SecurityPolicy.class, names = "None", mode = Mode.EXCLUDE)
  void connectsWithEveryPolicy(SecurityPolicy policy) throws Exception {
    trustServer();
    for (String mode : List.of("sign", "sign-and-encrypt")) {
      try (UaSession session =
          open("opcua.security.policy", policy.name(), "opcua.security.mode", mode)) {
        assertThat(session.services().getConfig().getEndpoint().getSecurityPolicyUri())
            .isEqualTo(policy.getUri());
        assertThat(session.namespaces().getIndex(PlantServer.NAMESPACE)).isNotNull();
      }
    }
  }

  @Test
  void takesTheStrongestPolicyByItself() throws Exception {
    trustServer();
    try (UaSession session = open()) {
      assertThat(session.services().getConfig().getEndpoint().getSecurityPolicyUri())
          .isEqualTo(SecurityPolicy.Aes256_Sha256_RsaPss.getUri());
      assertThat(session.url()).isEqualTo(server.url());
    }
  }

  @Test
  void refusesAnUnknownServerAndKeepsItsCertificate() throws Exception {
    ProtocolException refused = refusal();

    assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(refused.status()).contains("Bad_CertificateUntrusted");
    List<Path> rejected = files(pki.resolve("rejected"));
    assertThat(rejected).hasSize(1);
    assertThat(refused)
        .hasMessageContaining(rejected.get(0).toString())
        .hasMessageContaining("move it to " + pki.resolve("trusted"));

    Files.move(rejected.get(0), pki.resolve("trusted").resolve("server.der"));
    open().close();
  }

  @Test
  void logsInByNameAndByCertificate() throws Exception {
    trustServer();
    open(
            "opcua.auth.type", "username",
            "opcua.auth.username", PlantSecurity.USER,
            "opcua.auth.password", PlantSecurity.PASSWORD)
        .close();

    ProtocolException refused =
        refusal(
            "opcua.auth.type", "username",
            "opcua.auth.username", PlantSecurity.USER,
            "opcua.auth.password", "wrong-secret");
    assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(refused).hasMessageContaining("opcua.auth").hasMessageNotContaining("wrong-secret");
  }

  @Test
  void announcesTheRandomNumbersThatMiloDoesNot() throws Exception {
    trustServer();
    open().close();
    assertThat(NonceUtil.isSecureRandomEnabled()).isTrue();
    NonceUtil.blockUntilSecureRandomSeeded(1, TimeUnit.SECONDS);
    assertThat(NonceUtil.isSecureRandomSeeded()).isTrue();
  }

  @Test
  void tellsOfALostSessionOnce() throws Exception {
    trustServer();
    try (UaSession session = open()) {
      CompletableFuture<ProtocolException> loss = new CompletableFuture<>();
      session.onLoss(loss::complete);
      server.dropConnections();
      assertThat(loss.get(30, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TRANSIENT);
    }
  }

  private void trustServer() throws Exception {
    Path trusted = Files.createDirectories(pki.resolve("trusted"));
    Files.write(trusted.resolve("s.der"), server.security().certificate().getEncoded());
  }

  private UaSession open(String... keysAndValues) throws Exception {
    ClientSettings settings = Settings.of(pki, keysAndValues);
    return new DeviceSessions(settings, new OpcUaDevice(List.of(server.url()))).open();
  }

  private ProtocolException refusal(String... keysAndValues) {
    return catchThrowableOfType(ProtocolException.class, () -> open(keysAndValues).close());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
