// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.config.KeyFiles;
import io.connectot.opcua.config.OpcUaSecurityConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application instance certificate: the configured one, or one that is created once. */
public final class ApplicationCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationCertificate.class);

  /** What every policy takes (OPC UA Part 7 §6.6.161 and following). */
  private static final int KEY_BITS = 2048;

  private static final Period VALID_FOR = Period.ofYears(20);
  private static final Duration SOON = Duration.ofDays(30);

  /** A certificate is valid for so long already, for servers whose clocks are wrong. */
  private static final Duration BEFORE = Duration.ofDays(365);

  private ApplicationCertificate() {}

  /**
   * The certificate.
   *
   * @throws ProtocolException when it cannot be read or made, or is of another application
   */
  public static CertificateWithKey get(Configuration config, PkiDirectory pki)
      throws ProtocolException {
    Optional<KeyFiles> configured = OpcUaSecurityConfig.clientCertificate(config);
    String applicationUri = OpcUaSecurityConfig.applicationUri(config);
    CertificateWithKey credential =
        configured.isPresent()
            ? CertificateFiles.read(configured.get())
            : kept(applicationUri, pki);
    X509Certificate certificate = credential.certificate();
    Optional<String> uri = Certificates.applicationUri(certificate);
    if (uri.isEmpty() || !uri.get().equals(applicationUri)) {
      throw new ProtocolException(
          Kind.CONFIGURATION,
          Scope.CONNECTION,
          "CERTIFICATE_UNUSABLE",
          "the certificate "
              + credential.file()
              + " is of the application "
              + uri.orElse("without a URI")
              + ", but the connector is "
              + applicationUri
              + uri.map(u -> "; set " + OpcUaSecurityConfig.APPLICATION_URI + "=" + u)
                  .orElse("; use a certificate with that URI among its alternative names"),
          null);
    }
    Instant end = certificate.getNotAfter().toInstant();
    if (end.isBefore(Instant.now().plus(SOON))) {
      LOG.warn("The connector's certificate {} expires at {}; replace it", credential.file(), end);
    }
    return credential;
  }

  private static CertificateWithKey kept(String applicationUri, PkiDirectory pki)
      throws ProtocolException {
    String name = name(applicationUri);
    // The one file is the truth, so that key and certificate always fit.
    Path both = pki.ownKeys().resolve(name + ".pem");
    Path shown = pki.ownCertificates().resolve(name + ".der");
    try {
      if (!Files.exists(both)) {
        PkiDirectory.writeOnce(both, make(applicationUri));
        LOG.info(
            "Created the certificate {} for {}; servers have to trust it", shown, applicationUri);
      }
      CertificateWithKey credential =
          CertificateFiles.read(
              new KeyFiles(
                  OpcUaSecurityConfig.PKI_DIR.name(), both, Optional.empty(), Optional.empty()));
      if (!Files.exists(shown)) {
        PkiDirectory.write(shown, credential.certificate().getEncoded());
      }
      return new CertificateWithKey(credential.chain(), credential.privateKey(), shown.toString());
    } catch (ProtocolException e) {
      throw e;
    } catch (Exception e) {
      // Milo's builder declares any exception.
      throw pki.unusable("cannot store the connector's own certificate", e);
    }
  }

  /** Readable, and different for different URIs. */
  private static String name(String applicationUri) {
    String hash = Certificates.sha256(applicationUri.getBytes(StandardCharsets.UTF_8));
    return PkiDirectory.fileName(applicationUri) + "-" + hash.substring(0, 8);
  }

  private static byte[] make(String applicationUri) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    KeyPair keys = generator.generateKeyPair();
    SelfSignedCertificateBuilder builder =
        new SelfSignedCertificateBuilder(keys, new Backdated())
            .setCommonName(commonName(applicationUri))
            .setOrganization("Kafka Connect OT")
            .setApplicationUri(applicationUri)
            .setValidityPeriod(VALID_FOR);
    hostName().ifPresent(builder::addDnsName);
    return (pem("PRIVATE KEY", keys.getPrivate().getEncoded())
            + pem("CERTIFICATE", builder.build().getEncoded()))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** At most what X.520 allows. */
  private static String commonName(String applicationUri) {
    String name =
        "Kafka Connect OT " + applicationUri.substring(applicationUri.lastIndexOf(':') + 1);
    return name.substring(0, Math.min(64, name.length()));
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static String pem(String type, byte[] content) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }

  /** Makes certificates that are valid for some time already. */
  private static final class Backdated extends SelfSignedCertificateGenerator {
    @Override
    public X509Certificate generateSelfSigned(
        KeyPair keys,
        Date notBefore,
        Date notAfter,
        String commonName,
        String organization,
        String organizationalUnit,
        String localityName,
        String stateName,
        String countryCode,
        String applicationUri,
        List<String> dnsNames,
        List<String> ipAddresses,
        String signatureAlgorithm)
        throws Exception {
      return super.generateSelfSigned(
          keys,
          Date.from(notBefore.toInstant().minus(BEFORE)),
          notAfter,
          commonName,
          organization,
          organizationalUnit,
          localityName,
          stateName,
          countryCode,
          applicationUri,
          dnsNames,
          ipAddresses,
          signatureAlgorithm);
    }
  }
}
