// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;

/**
 * How a plant server is set up; may change from one life of the server to the next.
 *
 * @param port 0 for a free one, which is then kept for all lives
 * @param counters how many counter nodes there are
 * @param history whether values are stored and can be read back
 * @param policies what endpoints there are: {@code None}, and every other with Sign and with
 *     SignAndEncrypt
 * @param anonymous whether users without a name are let in
 * @param namespacesBefore namespaces that get smaller indexes than the plant's
 * @param host what clients call this machine; when that is not {@code localhost}, the server takes
 *     connections from others
 */
public record PlantOptions(
    int port,
    int counters,
    boolean history,
    Set<SecurityPolicy> policies,
    boolean anonymous,
    List<String> namespacesBefore,
    String host) {
  /** None and all policies that are not deprecated, 100 counters, history, no other namespace. */
  public static final PlantOptions DEFAULT =
      new PlantOptions(
          0,
          100,
          true,
          Set.of(
              SecurityPolicy.None,
              SecurityPolicy.Basic256Sha256,
              SecurityPolicy.Aes128_Sha256_RsaOaep,
              SecurityPolicy.Aes256_Sha256_RsaPss),
          true,
          List.of(),
          "localhost");

  public PlantOptions {
    policies = Set.copyOf(policies);
    namespacesBefore = List.copyOf(namespacesBefore);
  }

  public PlantOptions withPort(int value) {
    return new PlantOptions(value, counters, history, policies, anonymous, namespacesBefore, host);
  }

  public PlantOptions withCounters(int value) {
    return new PlantOptions(port, value, history, policies, anonymous, namespacesBefore, host);
  }

  public PlantOptions withHistory(boolean value) {
    return new PlantOptions(port, counters, value, policies, anonymous, namespacesBefore, host);
  }

  public PlantOptions withPolicies(SecurityPolicy... values) {
    return new PlantOptions(
        port, counters, history, Set.of(values), anonymous, namespacesBefore, host);
  }

  public PlantOptions withAnonymous(boolean value) {
    return new PlantOptions(port, counters, history, policies, value, namespacesBefore, host);
  }

  public PlantOptions withNamespacesBefore(String... uris) {
    return new PlantOptions(port, counters, history, policies, anonymous, List.of(uris), host);
  }

  public PlantOptions withHost(String value) {
    return new PlantOptions(port, counters, history, policies, anonymous, namespacesBefore, value);
  }
}
