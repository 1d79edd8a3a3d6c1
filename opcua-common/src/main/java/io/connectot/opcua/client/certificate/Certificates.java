// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads fields of certificates. */
public final class Certificates {
  private static final int SAN_URI = 6;
  private static final String SUBJECT_ALT_NAME = "2.5.29.17";

  private Certificates() {}

  /** The SHA-256 of the certificate, 64 lower-case hex digits. */
  public static String thumbprint(X509Certificate certificate) {
    try {
      return sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has an encoding", e);
    }
  }

  /** The SHA-256, 64 lower-case hex digits. */
  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The application URI (OPC UA Part 6 §6.2.2). */
  static Optional<String> applicationUri(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (Integer.valueOf(SAN_URI).equals(name.get(0))) {
          return Optional.of(name.get(1).toString());
        }
      }
    } catch (CertificateParsingException e) {
      // As good as none.
    }
    return Optional.empty();
  }

  /**
   * Whether the names in the certificate (subjectAltName) cannot be read, for example because the
   * URI contains a blank. Java then reads neither the URI nor the hosts.
   */
  static boolean hasUnreadableNames(X509Certificate certificate) {
    try {
      return certificate.getExtensionValue(SUBJECT_ALT_NAME) != null
          && certificate.getSubjectAlternativeNames() == null;
    } catch (CertificateParsingException e) {
      return true;
    }
  }

  /** The common name of the subject, else the whole subject. */
  static String commonName(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    try {
      for (Rdn rdn : new LdapName(subject).getRdns()) {
        if ("CN".equalsIgnoreCase(rdn.getType())) {
          return rdn.getValue().toString();
        }
      }
    } catch (InvalidNameException e) {
      // Falls through to the subject as it is.
    }
    return subject;
  }

  /** The certificate as messages name it. */
  static String describe(X509Certificate certificate) {
    return "'" + commonName(certificate) + "' (SHA-256 " + thumbprint(certificate) + ")";
  }
}
