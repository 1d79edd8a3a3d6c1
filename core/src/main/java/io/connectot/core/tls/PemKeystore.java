// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/**
 * Makes a keystore of a certificate and a private key in PEM format, each from a file or from the
 * configuration.
 */
final class PemKeystore {
  private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

  private final Configuration config;

  PemKeystore(Configuration config) {
    this.config = config;
  }

  /**
   * Reads certificate and key.
   *
   * @return a keystore without a password
   * @throws org.apache.kafka.common.config.ConfigException naming the guilty key and the remedy
   */
  KeyStore read() {
    Key<?> certificateKey =
        config.get(TlsConfig.CERTIFICATE_CHAIN).isPresent()
            ? TlsConfig.CERTIFICATE_CHAIN
            : TlsConfig.KEYSTORE;
    PemText certificateText = text(certificateKey);
    List<X509Certificate> certificates = certificates(certificateText, certificateKey);
    Key<?> keyKey = privateKeyKey(certificateKey);
    PemText keyText = keyKey.equals(certificateKey) ? certificateText : text(keyKey);
    if (!keyText.hasPrivateKey()) {
      throw keyKey.equals(certificateKey)
          ? TlsConfig.PRIVATE_KEY_FILE.error(
              null,
              "is missing: there is no private key beside the certificate in "
                  + certificateKey
                  + "; name the PEM file that has it")
          : config.error(keyKey, "has no private key in PEM format (BEGIN … PRIVATE KEY)");
    }
    PrivateKey key = privateKey(keyText, keyKey);
    X509Certificate own =
        certificates.stream()
            .filter(certificate -> belongs(key, certificate.getPublicKey(), keyKey))
            .findFirst()
            .orElseThrow(
                () ->
                    config.error(
                        keyKey,
                        "the private key does not belong to the certificate of "
                            + certificates.get(0).getSubjectX500Principal()
                            + " in "
                            + certificateKey
                            + "; use the key that the certificate was issued for"));
    return keystore(key, chain(own, certificates), certificateKey);
  }

  private Key<?> privateKeyKey(Key<?> certificateKey) {
    if (config.get(TlsConfig.PRIVATE_KEY_FILE).isPresent()) {
      return TlsConfig.PRIVATE_KEY_FILE;
    }
    return config.get(TlsConfig.PRIVATE_KEY).isPresent() ? TlsConfig.PRIVATE_KEY : certificateKey;
  }

  private PemText text(Key<?> key) {
    Object value = config.get(key);
    try {
      Object content = ((Optional<?>) value).orElseThrow();
      return PemText.parse(
          content instanceof Password password
              ? password.value()
              // PEM is ASCII; what else is in the file does not matter.
              : Files.readString(Path.of((String) content), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw config.error(
          key,
          "cannot be read as PEM; create it anew or copy it completely (" + e.getMessage() + ")");
    }
  }

  private List<X509Certificate> certificates(PemText text, Key<?> key) {
    List<X509Certificate> certificates;
    try {
      certificates = text.certificates();
    } catch (GeneralSecurityException e) {
      throw config.error(key, "has a certificate that cannot be used (" + e + ")");
    }
    if (certificates.isEmpty()) {
      throw config.error(
          key,
          "has no certificate in PEM format (BEGIN CERTIFICATE)"
              + (key.equals(TlsConfig.KEYSTORE)
                  ? "; name the file of the certificate here and that of the private key in "
                      + TlsConfig.PRIVATE_KEY_FILE
                      + "; if it has another format, set "
                      + TlsConfig.KEYSTORE_TYPE
                  : ""));
    }
    return certificates;
  }

  private PrivateKey privateKey(PemText text, Key<?> key) {
    Optional<Password> password = config.get(TlsConfig.KEY_PASSWORD);
    if (text.isEncrypted() && password.isEmpty()) {
      throw TlsConfig.KEY_PASSWORD.error(
          null, "is missing: the private key in " + key + " is encrypted; set its password");
    }
    try {
      return text.privateKey(password.map(Password::value).orElse("").toCharArray());
    } catch (IOException e) {
      throw text.isEncrypted()
          ? TlsConfig.KEY_PASSWORD.error(
              Password.HIDDEN,
              "does not decrypt the private key in " + key + "; set the right password")
          : config.error(key, "has a private key that cannot be used (" + e.getMessage() + ")");
    }
  }

  /** Whether the public key verifies what the private key signs. */
  private boolean belongs(PrivateKey key, PublicKey certified, Key<?> source) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default ->
              throw config.error(
                  source,
                  "has a private key of an unsupported kind, "
                      + key.getAlgorithm()
                      + "; use RSA, EC or EdDSA");
        };
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The certificate and those of its issuers, as far as they are there. */
  private static List<X509Certificate> chain(
      X509Certificate own, List<X509Certificate> certificates) {
    List<X509Certificate> chain = new ArrayList<>(List.of(own));
    Optional<X509Certificate> issuer = Optional.of(own);
    while (issuer.isPresent()) {
      X509Certificate last = issuer.get();
      issuer =
          certificates.stream()
              .filter(other -> !chain.contains(other))
              .filter(
                  other -> other.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
              .findFirst();
      issuer.ifPresent(chain::add);
    }
    return chain;
  }

  private KeyStore keystore(PrivateKey key, List<X509Certificate> chain, Key<?> source) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("key", key, new char[0], chain.toArray(X509Certificate[]::new));
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw config.error(source, "cannot be used (" + e + ")");
    }
  }
}
