// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * The certificates and the private key of a PEM text. Private keys can be PKCS#1, SEC1 and PKCS#8,
 * encrypted or not. Other parts of the text are ignored. Immutable.
 */
final class PemText {
  private static final Pattern PART =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z0-9]+ )*(?:CERTIFICATE|PRIVATE KEY))-----(.*?)-----END \\1-----",
          Pattern.DOTALL);

  /** What the parser makes of the parts. */
  private final List<Object> parts;

  private PemText(List<Object> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Parses a text. Lines may be indented, and the lines of a part may be joined.
   *
   * @throws IOException when a certificate or key is damaged
   */
  static PemText parse(String text) throws IOException {
    List<Object> parts = new ArrayList<>();
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String lines = part.group(2).strip().replaceAll("(?m)^[ \t]+", "");
      String pem =
          "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(part.group(1), lines);
      try (PEMParser parser = new PEMParser(new StringReader(pem))) {
        parts.add(parser.readObject());
      } catch (RuntimeException e) {
        throw new IOException("the " + part.group(1) + " is damaged", e);
      }
    }
    return new PemText(parts);
  }

  /** The certificates, in the order of the text. */
  List<X509Certificate> certificates() throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof X509CertificateHolder certificate) {
        certificates.add(new JcaX509CertificateConverter().getCertificate(certificate));
      }
    }
    return certificates;
  }

  /** Whether there is a private key. */
  boolean hasPrivateKey() {
    return key().isPresent();
  }

  /** Whether the private key needs a password. */
  boolean isEncrypted() {
    return key()
        .filter(
            key ->
                key instanceof PEMEncryptedKeyPair || key instanceof PKCS8EncryptedPrivateKeyInfo)
        .isPresent();
  }

  /**
   * The private key.
   *
   * @param password ignored if the key is not encrypted
   * @throws IOException when there is none, the password is wrong or the key is not supported
   */
  PrivateKey privateKey(char[] password) throws IOException {
    // Its own instance: nothing is registered for the whole worker.
    BouncyCastleProvider provider = new BouncyCastleProvider();
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try {
      Object key = key().orElseThrow(() -> new IOException("no private key"));
      if (key instanceof PEMEncryptedKeyPair pair) {
        key =
            pair.decryptKeyPair(
                new JcePEMDecryptorProviderBuilder().setProvider(provider).build(password));
      } else if (key instanceof PKCS8EncryptedPrivateKeyInfo info) {
        key =
            info.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(provider)
                    .build(password));
      }
      return converter.getPrivateKey(
          key instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) key);
    } catch (OperatorCreationException | PKCSException | RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Optional<Object> key() {
    return parts.stream()
        .filter(
            part ->
                part instanceof PrivateKeyInfo
                    || part instanceof PEMKeyPair
                    || part instanceof PEMEncryptedKeyPair
                    || part instanceof PKCS8EncryptedPrivateKeyInfo)
        .findFirst();
  }
}
