// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.ProtocolException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.Test;

class EndpointSelectorTest {
  private static final String URL = "opc.tcp://10.0.0.5:4841/seen";

  @Test
  void prefersEncryptionThenStrength() throws Exception {
    EndpointDescription best =
        choose(
            List.of(
                endpoint(SecurityPolicy.None, MessageSecurityMode.None),
                endpoint(SecurityPolicy.Basic256, MessageSecurityMode.SignAndEncrypt),
                endpoint(SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.Sign),
                endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)));
    assertThat(EndpointSelector.policy(best)).isEqualTo(SecurityPolicy.Basic256Sha256);
    assertThat(best.getSecurityMode()).isEqualTo(MessageSecurityMode.SignAndEncrypt);
  }

  @Test
  void fallsBackAlongTheOfferedPoliciesButNotToNone() throws Exception {
    List<EndpointDescription> candidates =
        new EndpointSelector(ClientConfigs.of(Path.of("pki"), "opcua.security.allow.none", "true"))
            .candidates(
                URL,
                List.of(
                    endpoint(SecurityPolicy.None, MessageSecurityMode.None),
                    endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign),
                    endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt),
                    endpoint(
                        SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.SignAndEncrypt)));
    assertThat(candidates)
        .extracting(EndpointSelector::policy)
        .containsExactly(SecurityPolicy.Aes256_Sha256_RsaPss, SecurityPolicy.Basic256Sha256);
    assertThat(candidates.get(1).getSecurityMode()).isEqualTo(MessageSecurityMode.SignAndEncrypt);
  }

  @Test
  void connectsToTheHostOfTheDeviceLine() throws Exception {
    List<EndpointDescription> offered =
        List.of(endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign));
    assertThat(choose(offered).getEndpointUrl()).isEqualTo("opc.tcp://10.0.0.5:4841/server");
    assertThat(choose(offered, "opcua.endpoint.use.discovered.host", "true").getEndpointUrl())
        .isEqualTo("opc.tcp://inside:4840/server");
  }

  @Test
  void takesNoneOnlyWhenAllowed() throws Exception {
    List<EndpointDescription> none =
        List.of(endpoint(SecurityPolicy.None, MessageSecurityMode.None));
    assertThatThrownBy(() -> choose(none))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("opcua.security.allow.none=true");
    assertThat(choose(none, "opcua.security.allow.none", "true").getSecurityMode())
        .isEqualTo(MessageSecurityMode.None);
  }

  @Test
  void neverFallsBackToNoneFromAPolicy() {
    List<EndpointDescription> none =
        List.of(endpoint(SecurityPolicy.None, MessageSecurityMode.None));
    assertThatThrownBy(
            () ->
                choose(
                    none,
                    "opcua.security.allow.none",
                    "true",
                    "opcua.security.policy",
                    "basic256sha256"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("it offers None/None");
  }

  @Test
  void saysWhenTheUserDoesNotFit() {
    List<EndpointDescription> offered =
        List.of(endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign));
    assertThatThrownBy(
            () -> choose(offered, "opcua.auth.type", "username", "opcua.auth.username", "joe"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("takes no user name")
        .hasMessageContaining("opcua.auth.type");
  }

  private static EndpointDescription choose(List<EndpointDescription> offered, String... keys)
      throws ProtocolException {
    return new EndpointSelector(ClientConfigs.of(Path.of("pki"), keys)).choose(URL, offered);
  }

  private static EndpointDescription endpoint(SecurityPolicy policy, MessageSecurityMode mode) {
    UserTokenPolicy anonymous =
        new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null);
    return new EndpointDescription(
        "opc.tcp://inside:4840/server",
        null,
        null,
        mode,
        policy.getUri(),
        new UserTokenPolicy[] {anonymous},
        Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
        Unsigned.ubyte(0));
  }
}
