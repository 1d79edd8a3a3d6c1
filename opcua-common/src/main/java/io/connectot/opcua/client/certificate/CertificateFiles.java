// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.config.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Reads certificates and their private keys from files: PEM, DER, PKCS#12. */
public final class CertificateFiles {
  private static final String PEM_BEGIN = "-----BEGIN ";

  private CertificateFiles() {}

  /**
   * Reads a certificate and its key.
   *
   * @throws ProtocolException naming the configuration key and the file, without their content
   */
  public static CertificateWithKey read(KeyFiles files) throws ProtocolException {
    Path file = files.certificate();
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      char[] password = files.password().map(Password::value).orElse("").toCharArray();
      if (name.endsWith(".p12") || name.endsWith(".pfx")) {
        return pkcs12(file, password);
      }
      byte[] content = Files.readAllBytes(file);
      Path keyFile = files.privateKey().orElse(file);
      byte[] keyContent = keyFile.equals(file) ? content : Files.readAllBytes(keyFile);
      PrivateKey key =
          privateKey(new String(keyContent, StandardCharsets.US_ASCII), password)
              .orElseThrow(
                  () -> new GeneralSecurityException("no private key in PEM in " + keyFile));
      return new CertificateWithKey(certificates(content), key, file.toString());
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException e) {
      throw new ProtocolException(
          Kind.CONFIGURATION,
          Scope.CONNECTION,
          "CERTIFICATE_UNUSABLE",
          files.key()
              + ": "
              + file
              + " and its private key cannot be used; the worker must be able to "
              + "read the file, and the password must be correct ("
              + e
              + ")",
          e);
    }
  }

  private static List<X509Certificate> certificates(byte[] content)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    String text = new String(content, StandardCharsets.US_ASCII);
    if (text.contains(PEM_BEGIN)) {
      // The factory of the JDK stumbles over a private key before the certificate.
      try (PEMParser parser = new PEMParser(new StringReader(text))) {
        for (Object item = next(parser); item != null; item = next(parser)) {
          if (item instanceof X509CertificateHolder certificate) {
            chain.add(new JcaX509CertificateConverter().getCertificate(certificate));
          }
        }
      }
    } else {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))) {
        chain.add((X509Certificate) certificate);
      }
    }
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no certificate in it");
    }
    return chain;
  }

  private static CertificateWithKey pkcs12(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Files.readAllBytes(file)), password);
    for (Enumeration<String> aliases = store.aliases(); aliases.hasMoreElements(); ) {
      String alias = aliases.nextElement();
      Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
      if (key instanceof PrivateKey privateKey) {
        List<X509Certificate> chain =
            Arrays.stream(store.getCertificateChain(alias))
                .map(X509Certificate.class::cast)
                .toList();
        return new CertificateWithKey(chain, privateKey, file.toString());
      }
    }
    throw new GeneralSecurityException("no private key in it");
  }

  private static Optional<PrivateKey> privateKey(String pem, char[] password)
      throws IOException, OperatorCreationException, PKCSException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    // Its own instance: nothing is registered for the whole worker.
    BouncyCastleProvider provider = new BouncyCastleProvider();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object item = next(parser); item != null; item = next(parser)) {
        if (item instanceof PrivateKeyInfo info) {
          return Optional.of(converter.getPrivateKey(info));
        }
        if (item instanceof PEMKeyPair pair) {
          return Optional.of(converter.getKeyPair(pair).getPrivate());
        }
        if (item instanceof PEMEncryptedKeyPair pair) {
          PEMKeyPair open =
              pair.decryptKeyPair(
                  new JcePEMDecryptorProviderBuilder().setProvider(provider).build(password));
          return Optional.of(converter.getKeyPair(open).getPrivate());
        }
        if (item instanceof PKCS8EncryptedPrivateKeyInfo info) {
          PrivateKeyInfo open =
              info.decryptPrivateKeyInfo(
                  new JceOpenSSLPKCS8DecryptorProviderBuilder()
                      .setProvider(provider)
                      .build(password));
          return Optional.of(converter.getPrivateKey(open));
        }
      }
    }
    return Optional.empty();
  }

  private static Object next(PEMParser parser) throws IOException {
    try {
      return parser.readObject();
    } catch (PEMException e) {
      throw new IOException("no valid PEM", e);
    }
  }
}
