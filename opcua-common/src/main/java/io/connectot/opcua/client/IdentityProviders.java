// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.client.certificate.CertificateFiles;
import io.connectot.opcua.client.certificate.CertificateWithKey;
import io.connectot.opcua.client.certificate.ServerCertificateValidator;
import io.connectot.opcua.client.service.UaErrors;
import io.connectot.opcua.config.KeyFiles;
import io.connectot.opcua.config.OpcUaIdentityConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.SignedIdentityToken;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.AnonymousIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/** Creates the user identities of sessions (OPC UA Part 4 §7.40). */
final class IdentityProviders {
  private IdentityProviders() {}

  /**
   * The identity for an endpoint that takes its kind.
   *
   * @throws ProtocolException when a password would travel in the clear, or a certificate cannot be
   *     read
   */
  static IdentityProvider of(
      Configuration config, EndpointDescription endpoint, ServerCertificateValidator trust)
      throws ProtocolException {
    return switch (config.get(OpcUaIdentityConfig.TYPE)) {
      case ANONYMOUS ->
          endpoint.getUserIdentityTokens() == null || endpoint.getUserIdentityTokens().length == 0
              ? unlistedAnonymous()
              : new AnonymousProvider();
      case USERNAME -> userName(config, endpoint, trust);
      case X509 -> {
        KeyFiles files = OpcUaIdentityConfig.certificate(config).orElseThrow();
        CertificateWithKey user = CertificateFiles.read(files);
        yield new X509IdentityProvider(user.chain(), user.privateKey());
      }
    };
  }

  /** For servers that list no tokens at all: Milo then takes none, servers the empty one. */
  private static IdentityProvider unlistedAnonymous() {
    return (endpoint, nonce) ->
        new SignedIdentityToken(new AnonymousIdentityToken(null), new SignatureData(null, null));
  }

  private static IdentityProvider userName(
      Configuration config, EndpointDescription endpoint, ServerCertificateValidator trust)
      throws ProtocolException {
    List<UserTokenPolicy> safe = new ArrayList<>();
    for (UserTokenPolicy policy : endpoint.getUserIdentityTokens()) {
      if (policy.getTokenType() == UserTokenType.UserName && isSafe(policy, endpoint)) {
        safe.add(policy);
      }
    }
    if (safe.isEmpty()) {
      throw UaErrors.of(
          Kind.CONFIGURATION,
          "PASSWORD_UNPROTECTED",
          endpoint.getEndpointUrl(),
          "the server asks for the user's password in the clear, which the "
              + "connector does not send; enable an encrypted connection or an "
              + "encrypted user name token at the server",
          null);
    }
    UserTokenPolicy chosen = safe.get(0);
    byte[] password =
        config
            .get(OpcUaIdentityConfig.PASSWORD)
            .map(Password::value)
            .orElse("")
            .getBytes(StandardCharsets.UTF_8);
    // A copy for each use: Milo wipes what it was given.
    return new UsernameProvider(
        config.get(OpcUaIdentityConfig.USERNAME).orElseThrow(),
        () -> Arrays.copyOf(password, password.length),
        trust,
        policies -> chosen);
  }

  /** Whether a password is encrypted by the token's policy or else by the channel. */
  private static boolean isSafe(UserTokenPolicy policy, EndpointDescription endpoint) {
    String uri = policy.getSecurityPolicyUri();
    String effective = uri == null || uri.isEmpty() ? endpoint.getSecurityPolicyUri() : uri;
    SecurityPolicy security = SecurityPolicy.fromUriSafe(effective).orElse(null);
    if (security == null) {
      return false;
    }
    return security != SecurityPolicy.None
        || endpoint.getSecurityMode() == MessageSecurityMode.SignAndEncrypt;
  }
}
