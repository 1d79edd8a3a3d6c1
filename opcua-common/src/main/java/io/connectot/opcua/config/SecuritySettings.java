// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How connections are secured.
 *
 * @param applicationUri who the connector is to servers, also the URI in its certificate
 * @param pkiDir the folder of certificates
 * @param clientCertificate the connector's own certificate, if it is given; else one is made
 * @param thumbprints SHA-256 of the server certificates that are trusted, 64 lower-case hex digits
 *     each; empty for those in the folder of certificates
 * @param acceptAny whether any server certificate is trusted
 * @param checkHostName whether a server certificate has to name the host that is connected to
 */
public record SecuritySettings(
    SecurityPolicyOption policy,
    MessageSecurity mode,
    boolean allowNone,
    String applicationUri,
    Path pkiDir,
    Optional<KeyFiles> clientCertificate,
    List<String> thumbprints,
    boolean acceptAny,
    boolean checkHostName) {
  public SecuritySettings {
    thumbprints = List.copyOf(thumbprints);
  }
}
