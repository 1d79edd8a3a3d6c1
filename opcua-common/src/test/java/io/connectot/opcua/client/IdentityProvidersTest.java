// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.AnonymousIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.Test;

class IdentityProvidersTest {
  private static final Configuration JOE =
      ClientConfigs.of(
          Path.of("pki"),
          "opcua.auth.type",
          "username",
          "opcua.auth.username",
          "joe",
          "opcua.auth.password",
          "hush");

  @Test
  void sendsNoPasswordInTheClear() {
    assertThatThrownBy(() -> of(JOE, SecurityPolicy.None, MessageSecurityMode.None, null))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("in the clear")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(
            () ->
                of(
                    JOE,
                    SecurityPolicy.Basic256Sha256,
                    MessageSecurityMode.Sign,
                    SecurityPolicy.None.getUri()))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(
            () -> of(JOE, SecurityPolicy.None, MessageSecurityMode.None, "urn:unknown:policy"))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void sendsAPasswordOverAnEncryptedConnectionAgainAndAgain() throws Exception {
    EndpointDescription endpoint =
        endpoint(
            SecurityPolicy.Basic256Sha256,
            MessageSecurityMode.SignAndEncrypt,
            new UserTokenPolicy(
                "name", UserTokenType.UserName, null, null, SecurityPolicy.None.getUri()));
    IdentityProvider provider = IdentityProviders.of(JOE, endpoint, null);
    for (int i = 0; i < 2; i++) {
      UserNameIdentityToken token =
          (UserNameIdentityToken)
              provider.getIdentityToken(endpoint, ByteString.of(new byte[32])).getToken();
      assertThat(token.getUserName()).isEqualTo("joe");
      assertThat(token.getPassword().bytes()).isEqualTo("hush".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(provider.toString()).doesNotContain("hush");
  }

  @Test
  void isAnonymousAtServersThatListNoUsers() throws Exception {
    EndpointDescription endpoint =
        endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);
    IdentityProvider provider =
        IdentityProviders.of(ClientConfigs.of(Path.of("pki")), endpoint, null);
    assertThat(provider.getIdentityToken(endpoint, ByteString.of(new byte[32])).getToken())
        .isInstanceOf(AnonymousIdentityToken.class);
  }

  private static IdentityProvider of(
      Configuration settings, SecurityPolicy policy, MessageSecurityMode mode, String tokenPolicy)
      throws ProtocolException {
    UserTokenPolicy token =
        new UserTokenPolicy("name", UserTokenType.UserName, null, null, tokenPolicy);
    return IdentityProviders.of(settings, endpoint(policy, mode, token), null);
  }

  private static EndpointDescription endpoint(
      SecurityPolicy policy, MessageSecurityMode mode, UserTokenPolicy... tokens) {
    return new EndpointDescription(
        "opc.tcp://localhost:4840",
        null,
        null,
        mode,
        policy.getUri(),
        tokens,
        null,
        Unsigned.ubyte(0));
  }
}
