// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/**
 * Certificates for tests: authorities, and servers and clients that they signed. Files lie in the
 * folder given. For one thread.
 */
public final class TestCertificates {
  /** Of every store and key. */
  public static final String PASSWORD = "changeit";

  private static final Duration VALIDITY = Duration.ofDays(3650);
  private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(1);

  private final Path folder;
  private final Map<String, Identity> authorities = new HashMap<>();

  private record Identity(PrivateKey key, X509Certificate certificate) {}

  /** Makes nothing yet. */
  public TestCertificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes an authority: a PKCS12 store {@code <name>.p12} with its key, and {@code <name>.crt}.
   *
   * @return its certificate
   */
  public Path authority(String name) {
    try {
      KeyPair keys = newKeys();
      X500Principal self = subject(name);
      X509Certificate certificate = certificate(self, keys.getPrivate(), self, keys, Der.AUTHORITY);
      Identity identity = new Identity(keys.getPrivate(), certificate);
      authorities.put(name, identity);
      KeyStore store = empty("PKCS12");
      setKey(store, name, identity.key(), identity.certificate());
      save(store, folder.resolve(name + ".p12"));
      return saveCertificate(name, identity.certificate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make the authority " + name, e);
    }
  }

  /**
   * Makes a key with a certificate that an authority signed.
   *
   * @param names subject alternative names, e.g. {@code dns:localhost}
   * @return a PKCS12 store with key and chain
   */
  public Path signed(String name, String authority, String names) {
    try {
      Identity issuer = authorities.get(authority);
      KeyPair keys = newKeys();
      X509Certificate certificate =
          certificate(
              issuer.certificate().getSubjectX500Principal(),
              issuer.key(),
              subject(name),
              keys,
              Der.alternativeNames(names));
      saveCertificate(name, certificate);
      KeyStore store = empty("PKCS12");
      store.setCertificateEntry(authority, issuer.certificate());
      setKey(store, name, keys.getPrivate(), certificate, issuer.certificate());
      return save(store, folder.resolve(name + ".p12"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate of " + name, e);
    }
  }

  /** Makes a truststore of a type with one certificate. */
  public Path truststore(String name, String type, Path certificate) {
    try (InputStream in = Files.newInputStream(certificate)) {
      KeyStore store = empty(type);
      store.setCertificateEntry(
          "trusted", CertificateFactory.getInstance("X.509").generateCertificate(in));
      return save(store, folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make the truststore " + name, e);
    }
  }

  /** Opens a PKCS12 store. */
  public static KeyStore open(Path store) throws IOException, GeneralSecurityException {
    KeyStore opened = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      opened.load(in, PASSWORD.toCharArray());
    }
    return opened;
  }

  /** The private key of a PKCS12 store in PEM form. */
  public static String privateKeyPem(Path store, String alias)
      throws IOException, GeneralSecurityException {
    Key key = open(store).getKey(alias, PASSWORD.toCharArray());
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** The certificate chain of a key of a PKCS12 store in PEM form. */
  public static String chainPem(Path store, String alias)
      throws IOException, GeneralSecurityException {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : open(store).getCertificateChain(alias)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return chain.toString();
  }

  private static String pem(String what, byte[] content) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, encoder.encodeToString(content), what);
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X500Principal subject(String name) {
    return new X500Principal("CN=" + name);
  }

  private static X509Certificate certificate(
      X500Principal issuer, PrivateKey key, X500Principal subject, KeyPair keys, byte[] extension)
      throws GeneralSecurityException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    byte[] content =
        Der.content(
            SERIAL_NUMBERS.getAndIncrement(),
            issuer.getEncoded(),
            now,
            now.plus(VALIDITY),
            subject.getEncoded(),
            keys.getPublic().getEncoded(),
            extension);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(content);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Der.signed(content, signature.sign())));
  }

  private static KeyStore empty(String type) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    return store;
  }

  private static void setKey(KeyStore store, String alias, PrivateKey key, Certificate... chain)
      throws GeneralSecurityException {
    store.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain);
  }

  private static Path save(KeyStore store, Path file) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private Path saveCertificate(String name, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    return Files.writeString(
        folder.resolve(name + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
  }
}
