// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Servers with a certificate of an authority, with odd nonces, or with hosts that are not known.
 */
class OddSecurityTest {
  @TempDir private Path pki;

  @ParameterizedTest
  @EnumSource(
      value = SecurityPolicy.class,
      mode = Mode.INCLUDE,
      names = {"Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"})
  void trustsAServerWhoseAuthorityIsTrusted(SecurityPolicy policy) throws Exception {
    try (PlantServer plant = PlantServer.create(PlantOptions.DEFAULT)) {
      X509Certificate authority = plant.security().issue();
      plant.begin();
      assertThat(refusal(plant.url()))
          .hasMessageContaining("put the certificate of its authority CN=Plant authority there");
      trust(authority);

      open(plant.url(), "opcua.security.policy", policy.name()).close();
    }
  }

  @Test
  void saysThatTheClockOfAServerIsWrong() throws Exception {
    try (PlantServer plant = PlantServer.start()) {
      trust(plant.security().certificate());
      plant
          .faults()
          .fail(Service.SESSION_CREATE_SESSION, 100, StatusCodes.Bad_CertificateTimeInvalid);

      ProtocolException refused = refusal(plant.url());

      assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(refused)
          .hasMessageContaining("check the clock of the server")
          .hasMessageContaining("it is " + pki.resolve("own"));
    }
  }

  @Test
  void needsNoNonceWithoutSecurity() throws Exception {
    try (PlantServer plant = PlantServer.start()) {
      nonce(plant, ByteString.NULL_VALUE);

      open(plant.url(), "opcua.security.policy", "none", "opcua.security.allow.none", "true")
          .close();
    }
  }

  @Test
  void connectsToTheDeviceLineWhateverHostTheServerNames() throws Exception {
    try (PlantServer plant = PlantServer.start(PlantOptions.DEFAULT.withHost("plc.invalid"))) {
      trust(plant.security().certificate());
      String url = "opc.tcp://localhost:" + plant.port() + "/plant";

      open(url).close();

      ProtocolException refused = refusal(url, "opcua.endpoint.use.discovered.host", "true");
      assertThat(refused.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(refused)
          .hasMessageContaining("the host plc.invalid")
          .hasMessageContaining("set opcua.endpoint.use.discovered.host=false");
    }
  }

  /** The nonce of every session from now on. */
  private static void nonce(PlantServer plant, ByteString nonce) {
    plant
        .answers()
        .set(
            Service.SESSION_CREATE_SESSION,
            (request, response) -> {
              CreateSessionResponse created = (CreateSessionResponse) response;
              return new CreateSessionResponse(
                  created.getResponseHeader(),
                  created.getSessionId(),
                  created.getAuthenticationToken(),
                  created.getRevisedSessionTimeout(),
                  nonce,
                  created.getServerCertificate(),
                  created.getServerEndpoints(),
                  created.getServerSoftwareCertificates(),
                  created.getServerSignature(),
                  uint(0));
            });
  }

  private void trust(X509Certificate certificate) throws Exception {
    Path trusted = Files.createDirectories(pki.resolve("trusted"));
    Files.write(trusted.resolve("s.der"), certificate.getEncoded());
  }

  private UaSession open(String url, String... keysAndValues) throws Exception {
    return new DeviceSessions(ClientConfigs.of(pki, keysAndValues), new OpcUaDevice(List.of(url)))
        .open();
  }

  private ProtocolException refusal(String url, String... keysAndValues) {
    return catchThrowableOfType(ProtocolException.class, () -> open(url, keysAndValues).close());
  }
}
