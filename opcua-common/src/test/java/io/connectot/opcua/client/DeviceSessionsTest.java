// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices with several URLs. */
class DeviceSessionsTest {
  private static final String NOBODY = "opc.tcp://localhost:1";

  @TempDir private Path pki;
  private PlantServer first;
  private PlantServer second;

  @BeforeEach
  void start() {
    first = PlantServer.start(PlantOptions.DEFAULT.withPolicies(SecurityPolicy.Basic256Sha256));
    second = PlantServer.start(PlantOptions.DEFAULT.withPolicies(SecurityPolicy.Basic256Sha256));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void prefersTheFirstOfEquals() throws Exception {
    assertThat(urlOf(first.url(), second.url())).isEqualTo(first.url());
    assertThat(urlOf(second.url(), first.url())).isEqualTo(second.url());
  }

  @Test
  void passesOverAServerThatIsNotThere() throws Exception {
    assertThat(urlOf(NOBODY, second.url())).isEqualTo(second.url());
  }

  @Test
  void takesTheHighestServiceLevel() throws Exception {
    level(first, 210);
    level(second, 240);
    assertThat(urlOf(first.url(), second.url())).isEqualTo(second.url());
    level(second, 100);
    assertThat(urlOf(first.url(), second.url())).isEqualTo(first.url());
  }

  @Test
  void leavesAServerWhoseLevelFalls() throws Exception {
    try (UaSession session = open(first.url(), second.url())) {
      CompletableFuture<ProtocolException> loss = new CompletableFuture<>();
      session.onLoss(loss::complete);
      level(first, 150);
      ProtocolException cause = loss.get(60, TimeUnit.SECONDS);
      assertThat(cause.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(cause).hasMessageContaining("fell to 150");
    }
    assertThat(urlOf(first.url(), second.url())).isEqualTo(second.url());
  }

  @Test
  void staysWithTheBestThoughItIsBelowTheLeast() throws Exception {
    level(first, 50);
    level(second, 20);
    assertThat(urlOf(second.url(), first.url())).isEqualTo(first.url());
  }

  @Test
  void tellsWhatSomebodyHasToDoSomethingAbout() {
    ProtocolException failure =
        catchThrowableOfType(
            ProtocolException.class,
            () ->
                new DeviceSessions(ClientConfigs.of(pki), device(NOBODY, first.url()))
                    .open()
                    .close());
    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(failure).hasMessageContaining(first.url());
  }

  @Test
  void triesTheNextPolicyWhenTheServerRefusesWhatItOffers() throws Exception {
    first.restart(
        PlantOptions.DEFAULT.withPolicies(
            SecurityPolicy.None,
            SecurityPolicy.Basic256Sha256,
            SecurityPolicy.Aes256_Sha256_RsaPss));
    first.faults().fail(Service.SESSION_CREATE_SESSION, 1, StatusCodes.Bad_SecurityPolicyRejected);
    try (UaSession session = open(first.url())) {
      assertThat(session.services().getConfig().getEndpoint().getSecurityPolicyUri())
          .isEqualTo(SecurityPolicy.Basic256Sha256.getUri());
    }
    first
        .faults()
        .fail(Service.SESSION_CREATE_SESSION, 100, StatusCodes.Bad_SecurityPolicyRejected);
    assertThatThrownBy(() -> open(first.url()))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("opcua.security.policy");
    assertThat(first.faults().requests(Service.SESSION_CREATE_SESSION)).isEqualTo(4);
  }

  @Test
  void saysWhyTheNextPolicyFailsAndTriesItFirstTheNextTime() throws Exception {
    first.restart(
        PlantOptions.DEFAULT.withPolicies(
            SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes256_Sha256_RsaPss));
    List<Long> answers =
        new ArrayList<>(
            List.of(
                StatusCodes.Bad_SecurityPolicyRejected,
                StatusCodes.Bad_TooManySessions,
                StatusCodes.Bad_SecurityPolicyRejected));
    first
        .answers()
        .set(
            Service.SESSION_CREATE_SESSION,
            (request, response) -> {
              if (!answers.isEmpty()) {
                throw new UaException(answers.remove(0));
              }
              return response;
            });

    ProtocolException failure =
        catchThrowableOfType(ProtocolException.class, () -> open(first.url()));

    // Not that the first policy was refused, after which the connector would wait longest.
    assertThat(failure).hasMessageContaining("too many sessions");
    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    open(first.url()).close();
    int before = first.faults().requests(Service.SESSION_CREATE_SESSION);
    open(first.url()).close();
    assertThat(first.faults().requests(Service.SESSION_CREATE_SESSION) - before).isEqualTo(1);
  }

  @Test
  void asksForTheLanguagesOfTheConfiguration() throws Exception {
    try (UaSession session =
        new DeviceSessions(
                ClientConfigs.of(
                    pki, "opcua.trust.auto.accept", "true", "opcua.locale", "de-DE,en"),
                device(first.url()))
            .open()) {
      assertThat(session.services().getConfig().getSessionLocaleIds())
          .containsExactly("de-DE", "en");
    }
  }

  private String urlOf(String... urls) throws Exception {
    try (UaSession session = open(urls)) {
      return session.url();
    }
  }

  private UaSession open(String... urls) throws Exception {
    return new DeviceSessions(
            ClientConfigs.of(
                pki, "opcua.trust.auto.accept", "true", "opcua.keepalive.interval.ms", "1000"),
            device(urls))
        .open();
  }

  private static OpcUaDevice device(String... urls) {
    return new OpcUaDevice(Arrays.asList(urls));
  }

  private static void level(PlantServer server, int level) {
    UaVariableNode node =
        (UaVariableNode)
            server
                .server()
                .getAddressSpaceManager()
                .getManagedNode(NodeIds.Server_ServiceLevel)
                .orElseThrow();
    node.setValue(new DataValue(new Variant(ubyte(level))));
  }
}
