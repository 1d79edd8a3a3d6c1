// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate first, then those of its issuers
 * @param file the file of the certificate, for messages
 */
public record CertificateWithKey(List<X509Certificate> chain, PrivateKey privateKey, String file) {
  public CertificateWithKey {
    chain = List.copyOf(chain);
  }

  public X509Certificate certificate() {
    return chain.get(0);
  }

  public KeyPair keyPair() {
    return new KeyPair(certificate().getPublicKey(), privateKey);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return file;
  }
}
