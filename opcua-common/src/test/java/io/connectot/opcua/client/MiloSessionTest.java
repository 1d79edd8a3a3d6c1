// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.client.certificate.Certificates;
import io.connectot.opcua.client.service.OperationLimits;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantSecurity;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Sessions with a real server: security, identity, trust. */
class MiloSessionTest {
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
  void logsInByName() throws Exception {
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
  void logsInByCertificate() throws Exception {
    trustServer();
    open().close();
    // Any certificate with its key in one file; the connector's own is one.
    Path user = files(pki.resolve("own").resolve("private")).get(0);
    open("opcua.auth.type", "x509", "opcua.auth.cert.file", user.toString()).close();

    ProtocolException missing =
        refusal("opcua.auth.type", "x509", "opcua.auth.cert.file", pki + "/none.pem");
    assertThat(missing.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(missing).hasMessageContaining("opcua.auth.cert.file");
  }

  @Test
  void needsNoCertificatesWithoutSecurity() throws Exception {
    open("opcua.security.policy", "none", "opcua.security.allow.none", "true").close();
    assertThat(files(pki)).isEmpty();
  }

  @Test
  void trustsAThumbprint() throws Exception {
    String thumbprint = Certificates.thumbprint(server.security().certificate());
    open("opcua.trust.server.thumbprint", thumbprint).close();

    ProtocolException other = refusal("opcua.trust.server.thumbprint", "ab".repeat(32));
    assertThat(other.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(other)
        .hasMessageContaining(thumbprint)
        .hasMessageContaining("opcua.trust.server.thumbprint");
    assertThat(files(pki.resolve("rejected"))).hasSize(1);
  }

  @Test
  void trustsAnyServerWhenToldTo() throws Exception {
    open("opcua.trust.auto.accept", "true").close();
    assertThat(pki.resolve("rejected")).isEmptyDirectory();
  }

  @Test
  void saysWhenTheServerDoesNotTrustTheConnector() throws Exception {
    trustServer();
    server.security().trustOnly(server.security().certificate());
    try {
      ProtocolException refused = refusal();
      assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(refused)
          .hasMessageContaining("trust it there")
          .hasMessageContaining(files(pki.resolve("own").resolve("certs")).get(0).toString());
    } finally {
      server.security().trustAll();
    }
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
  void tellsOfALostConnection() throws Exception {
    trustServer();
    try (UaSession session = open()) {
      CompletableFuture<ProtocolException> loss = new CompletableFuture<>();
      session.onLoss(loss::complete);
      server.dropConnections();
      assertThat(loss.get(60, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TRANSIENT);
      CompletableFuture<ProtocolException> late = new CompletableFuture<>();
      session.onLoss(late::complete);
      assertThat(late).isCompletedWithValue(loss.get());
      assertThatThrownBy(() -> session.await(read(session))).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void tellsOfALostSession() throws Exception {
    trustServer();
    try (UaSession session = open("opcua.keepalive.interval.ms", "60000")) {
      CompletableFuture<ProtocolException> loss = new CompletableFuture<>();
      session.onLoss(loss::complete);
      server.dropSessions(false);
      // Any answer tells, long before the next keep-alive.
      ProtocolException failure =
          catchThrowableOfType(ProtocolException.class, () -> session.await(read(session)));
      assertThat(failure.status()).contains("Bad_Session");
      assertThat(loss.get(60, TimeUnit.SECONDS).status()).contains("Bad_Session");
    }
  }

  @Test
  void aRefusedServiceIsNotTheCauseOfALaterLoss() throws Exception {
    trustServer();
    try (UaSession session =
        open("opcua.keepalive.interval.ms", "100", "opcua.request.timeout.ms", "500")) {
      CompletableFuture<ProtocolException> loss = new CompletableFuture<>();
      session.onLoss(loss::complete);
      server.faults().fail(Service.ATTRIBUTE_HISTORY_READ, 1, StatusCodes.Bad_UserAccessDenied);
      assertThatThrownBy(() -> session.await(readHistory(session)))
          .hasMessageContaining("Bad_UserAccessDenied");
      // The connection stays, but keep-alives are not answered any more.
      server.faults().silence(Service.ATTRIBUTE_READ);

      ProtocolException lost = loss.get(60, TimeUnit.SECONDS);

      assertThat(lost.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(lost.status()).doesNotContain("Bad_UserAccessDenied");
    } finally {
      server.faults().clear();
    }
  }

  @Test
  void callsFailWithTheLossOfTheirSession() throws Exception {
    trustServer();
    try (UaSession session = open("opcua.request.timeout.ms", "3600000")) {
      CompletableFuture<ProtocolException> loss = new CompletableFuture<>();
      session.onLoss(loss::complete);
      CompletableFuture<Throwable> waiting =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> session.await(new CompletableFuture<>())));

      server.dropConnections();

      ProtocolException lost = loss.get(60, TimeUnit.SECONDS);
      assertThat(waiting.get(60, TimeUnit.SECONDS)).isSameAs(lost);
      assertThat(catchThrowable(() -> session.await(new CompletableFuture<>()))).isSameAs(lost);
      assertThat(session.await(CompletableFuture.completedFuture("answered")))
          .isEqualTo("answered");
    }
  }

  @Test
  void saysNothingOfASessionThatWasClosed() throws Exception {
    trustServer();
    UaSession session = open();
    AtomicInteger losses = new AtomicInteger();
    session.onLoss(cause -> losses.incrementAndGet());
    NodeId id = session.services().getSession().getSessionId();
    session.close();
    session.close();
    awaitEnd(id);
    assertThat(losses).hasValue(0);
  }

  @Test
  void leavesSubscriptionsToTheNextSession() throws Exception {
    trustServer();
    UInteger subscription;
    NodeId id;
    try (UaSession session = open()) {
      id = session.services().getSession().getSessionId();
      subscription =
          session
              .await(
                  session
                      .services()
                      .createSubscriptionAsync(1000, uint(6000), uint(10), uint(0), true, ubyte(0)))
              .getSubscriptionId();
    }
    awaitEnd(id);
    try (UaSession session = open()) {
      TransferResult[] results =
          session
              .await(session.services().transferSubscriptionsAsync(List.of(subscription), false))
              .getResults();
      assertThat(results[0].getStatusCode().isGood()).isTrue();
      session.await(session.services().deleteSubscriptionsAsync(List.of(subscription)));
    }
  }

  @Test
  void readsWhatTheServerSays() throws Exception {
    trustServer();
    try (UaSession session = open("opcua.items.per.call", "7")) {
      assertThat(session.limits()).isEqualTo(new OperationLimits(7, 7, 7, 7, 7, 7));
      assertThat(session.serverStart().isNull()).isFalse();
      assertThat(session.services().getConfig().getApplicationUri())
          .isEqualTo("urn:connect-ot:opcua:press-shop");
      assertThat(session.services().getConfig().getEncodingLimits().getMaxMessageSize())
          .isEqualTo(64 * 1024 * 1024);
    }
  }

  private static void awaitEnd(NodeId session) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                server.server().getSessionManager().getAllSessions().stream()
                    .noneMatch(other -> other.getSessionId().equals(session)));
  }

  private static CompletableFuture<HistoryReadResponse> readHistory(UaSession session) {
    return session
        .services()
        .historyReadAsync(
            new ReadRawModifiedDetails(
                false, DateTime.MIN_VALUE, DateTime.MIN_VALUE, uint(1), false),
            TimestampsToReturn.Neither,
            false,
            List.of(new HistoryReadValueId(NodeIds.Server, null, QualifiedName.NULL_VALUE, null)));
  }

  private static CompletableFuture<ReadResponse> read(UaSession session) {
    return session.services().readAsync(0, TimestampsToReturn.Neither, ServerInfo.requests());
  }

  private void trustServer() throws Exception {
    Path trusted = Files.createDirectories(pki.resolve("trusted"));
    Files.write(trusted.resolve("s.der"), server.security().certificate().getEncoded());
  }

  private UaSession open(String... keysAndValues) throws Exception {
    return openAt(server.url(), keysAndValues);
  }

  private UaSession openAt(String url, String... keysAndValues) throws Exception {
    Configuration settings = ClientConfigs.of(pki, keysAndValues);
    return new DeviceSessions(settings, new OpcUaDevice(List.of(url))).open();
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
