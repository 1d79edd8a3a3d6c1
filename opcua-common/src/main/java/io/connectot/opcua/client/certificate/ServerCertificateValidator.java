// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.client.service.UaErrors;
import io.connectot.opcua.config.OpcUaSecurityConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.util.validation.CertificateValidationUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validates the certificate of a server (OPC UA Part 4 §6.1.3), for one connection, and keeps the
 * reason of a refusal, because Milo passes on a status code only. Thread-safe.
 */
public final class ServerCertificateValidator implements CertificateValidator {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificateValidator.class);

  private final Configuration config;
  private final PkiDirectory pki;
  private final String url;
  private final AtomicReference<ProtocolException> refusal = new AtomicReference<>();

  public ServerCertificateValidator(Configuration config, PkiDirectory pki, String url) {
    this.config = config;
    this.pki = pki;
    this.url = url;
  }

  /** Why the server was refused, if it was. */
  public Optional<ProtocolException> refusal() {
    return Optional.ofNullable(refusal.get());
  }

  @Override
  public void validateCertificateChain(
      List<X509Certificate> chain, String applicationUri, String[] hostNames) throws UaException {
    X509Certificate certificate = chain.get(0);
    if (config.get(OpcUaSecurityConfig.TRUST_AUTO_ACCEPT)) {
      LOG.warn(
          "{}: {}=true: certificate {} is trusted without a check",
          url,
          OpcUaSecurityConfig.TRUST_AUTO_ACCEPT,
          Certificates.describe(certificate));
      return;
    }
    try {
      pki.prepare();
      if (config.get(OpcUaSecurityConfig.TRUST_THUMBPRINT).isEmpty()) {
        checkPath(chain);
        checkNames(certificate, applicationUri, hostNames);
      } else if (!config
          .get(OpcUaSecurityConfig.TRUST_THUMBPRINT)
          .contains(Certificates.thumbprint(certificate))) {
        throw refuse(
            StatusCodes.Bad_CertificateUntrusted,
            "the server's certificate "
                + Certificates.describe(certificate)
                + " is not in "
                + OpcUaSecurityConfig.TRUST_THUMBPRINT
                + ": it was renewed, or another server answers. It is saved as "
                + pki.reject(certificate)
                + "; if it is correct, add its thumbprint to the key",
            null);
      }
    } catch (ProtocolException e) {
      refusal.compareAndSet(null, e);
      throw new UaException(StatusCodes.Bad_CertificateUntrusted, "not trusted by this client");
    }
  }

  private void checkPath(List<X509Certificate> chain) throws ProtocolException {
    X509Certificate certificate = chain.get(0);
    PkiDirectory.Store trusted = pki.trustedStore();
    PkiDirectory.Store issuers = pki.issuerStore();
    PKIXCertPathBuilderResult path;
    try {
      certificate.checkValidity();
      path =
          CertificateValidationUtil.buildTrustedCertPath(
              chain, trusted.certificates(), issuers.certificates());
    } catch (CertificateException e) {
      throw refuse(
          StatusCodes.Bad_CertificateTimeInvalid,
          "the server's certificate "
              + Certificates.describe(certificate)
              + " is valid from "
              + certificate.getNotBefore().toInstant()
              + " to "
              + certificate.getNotAfter().toInstant()
              + " only; renew it at the server, and check the clocks of both",
          e);
    } catch (UaException e) {
      Optional<X509Certificate> expired =
          expiredAuthority(chain, trusted.certificates(), issuers.certificates());
      throw expired.isPresent()
          ? refuse(
              StatusCodes.Bad_CertificateIssuerTimeInvalid,
              "the server's certificate "
                  + Certificates.describe(certificate)
                  + " is issued by "
                  + Certificates.describe(expired.get())
                  + ", which is valid from "
                  + expired.get().getNotBefore().toInstant()
                  + " to "
                  + expired.get().getNotAfter().toInstant()
                  + " only; renew both, and check the clocks of the server and the worker",
              e)
          : refuse(
              StatusCodes.Bad_CertificateUntrusted,
              untrusted(certificate, trusted.certificates()),
              e);
    }
    List<X509CRL> lists = new ArrayList<>(trusted.revocations());
    lists.addAll(issuers.revocations());
    Optional<X509Certificate> revoked = RevocationCheck.revoked(path, lists);
    if (revoked.isPresent()) {
      throw refuse(
          StatusCodes.Bad_CertificateRevoked,
          "the server's certificate "
              + Certificates.describe(certificate)
              + " is no longer valid: its authority revoked "
              + Certificates.describe(revoked.get())
              + "; renew it at the server",
          null);
    }
  }

  private String untrusted(X509Certificate certificate, List<X509Certificate> trusted)
      throws ProtocolException {
    String what = "the server's certificate " + Certificates.describe(certificate);
    Optional<X509Certificate> former =
        trusted.stream().filter(other -> ofSameServer(other, certificate)).findFirst();
    return what
        + (former.isPresent()
            ? " has changed: trusted is " + Certificates.describe(former.get())
            : " is not trusted")
        + ". It is saved as "
        + pki.reject(certificate)
        + ": if it is correct, move it to "
        + pki.trusted()
        + (isSelfIssued(certificate)
            ? ""
            : ", or put the certificate of its authority "
                + certificate.getIssuerX500Principal().getName()
                + " there; those of authorities between the two belong in "
                + pki.issuers());
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** An authority of a certificate whose own certificate is not valid now. */
  private static Optional<X509Certificate> expiredAuthority(
      List<X509Certificate> chain, List<X509Certificate> trusted, List<X509Certificate> issuers) {
    List<X509Certificate> authorities = new ArrayList<>(chain.subList(1, chain.size()));
    authorities.addAll(issuers);
    authorities.addAll(trusted);
    Instant now = Instant.now();
    return authorities.stream()
        .filter(
            authority ->
                authority.getSubjectX500Principal().equals(chain.get(0).getIssuerX500Principal()))
        .filter(
            authority ->
                now.isAfter(authority.getNotAfter().toInstant())
                    || now.isBefore(authority.getNotBefore().toInstant()))
        .findFirst();
  }

  private static boolean ofSameServer(X509Certificate one, X509Certificate other) {
    Optional<String> uri = Certificates.applicationUri(one);
    return uri.isPresent()
        ? uri.equals(Certificates.applicationUri(other))
        : one.getSubjectX500Principal().equals(other.getSubjectX500Principal());
  }

  private void checkNames(X509Certificate certificate, String applicationUri, String[] hostNames)
      throws ProtocolException {
    if (Certificates.hasUnreadableNames(certificate)) {
      throw refuse(
          StatusCodes.Bad_CertificateUriInvalid,
          "the names in the server's certificate "
              + Certificates.describe(certificate)
              + " (subjectAltName) cannot be read, for example because its URI contains a blank;"
              + " create a new certificate at the server, or trust this one with "
              + OpcUaSecurityConfig.TRUST_THUMBPRINT,
          null);
    }
    if (applicationUri != null) {
      try {
        CertificateValidationUtil.checkApplicationUri(certificate, applicationUri);
      } catch (UaException e) {
        throw refuse(
            StatusCodes.Bad_CertificateUriInvalid,
            "the server's application URI is "
                + applicationUri
                + ", but its certificate "
                + Certificates.describe(certificate)
                + " is of "
                + Certificates.applicationUri(certificate).orElse("nobody")
                + "; correct it at the server, or trust the certificate with "
                + OpcUaSecurityConfig.TRUST_THUMBPRINT,
            e);
      }
    }
    if (hostNames != null && config.get(OpcUaSecurityConfig.TRUST_CHECK_HOST)) {
      String[] names =
          Arrays.stream(hostNames)
              .map(ServerCertificateValidator::comparable)
              .toArray(String[]::new);
      try {
        CertificateValidationUtil.checkHostnameOrIpAddress(certificate, names);
      } catch (UaException e) {
        throw refuse(
            StatusCodes.Bad_CertificateHostNameInvalid,
            "the server's certificate "
                + Certificates.describe(certificate)
                + " does not name the host "
                + String.join(", ", hostNames)
                + "; use a host in the device line that it names, or set "
                + OpcUaSecurityConfig.TRUST_CHECK_HOST
                + "=false",
            e);
      }
    }
  }

  /** IPv6 addresses have many forms, of which certificates are read in one. */
  private static String comparable(String host) {
    if (host.startsWith("[")) {
      try {
        return InetAddress.getByName(host).getHostAddress();
      } catch (UnknownHostException e) {
        return host;
      }
    }
    return host;
  }

  private ProtocolException refuse(long status, String message, Throwable cause) {
    return UaErrors.of(
        Kind.CONFIGURATION, UaErrors.statusText(new StatusCode(status)), url, message, cause);
  }
}
