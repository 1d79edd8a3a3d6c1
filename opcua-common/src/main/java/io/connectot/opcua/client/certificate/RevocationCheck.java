// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks certificates against revocation lists. An authority without a list revokes nothing: few
 * plants have lists, and Milo's own check needs access to JDK internals to accept that.
 */
final class RevocationCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationCheck.class);

  private RevocationCheck() {}

  /**
   * The first revoked certificate of a server's path to its authority.
   *
   * @param lists of any authorities
   */
  static Optional<X509Certificate> revoked(PKIXCertPathBuilderResult path, List<X509CRL> lists) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : path.getCertPath().getCertificates()) {
      certificates.add((X509Certificate) certificate);
    }
    certificates.add(path.getTrustAnchor().getTrustedCert());
    for (int i = 0; i + 1 < certificates.size(); i++) {
      X509Certificate certificate = certificates.get(i);
      X509Certificate issuer = certificates.get(i + 1);
      for (X509CRL list : lists) {
        if (isFrom(list, issuer) && list.isRevoked(certificate)) {
          return Optional.of(certificate);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isFrom(X509CRL list, X509Certificate issuer) {
    if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      list.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      LOG.warn(
          "The revocation list of {} is not signed by {}; ignored",
          list.getIssuerX500Principal(),
          Certificates.describe(issuer));
      return false;
    }
  }
}
