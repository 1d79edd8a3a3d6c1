// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateStore;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/**
 * The server's certificate and whom it trusts: everybody, unless told otherwise. A renewed
 * certificate is in use from the next start on. Thread-safe.
 */
public final class PlantSecurity {
  /** What is in the certificate too. */
  public static final String APPLICATION_URI = "urn:connectot:plant:server";

  /** One who may log in. */
  public static final String USER = "operator";

  /** The password of {@link #USER}. */
  public static final String PASSWORD = "secret-of-the-operator";

  static {
    // Aes256_Sha256_RsaPss needs more than the JDK has.
    Security.addProvider(new BouncyCastleProvider());
  }

  /** Of all servers at first, each with a certificate of its own: to make keys takes long. */
  private static final KeyPair FIRST_KEYS = newKeys();

  private final Set<X509Certificate> clients = new CopyOnWriteArraySet<>();
  private volatile boolean trustsAll = true;
  private volatile KeyPair keys;
  private volatile X509Certificate certificate;

  /** The certificates of its authorities, which the server sends too. */
  private volatile List<X509Certificate> authorities = List.of();

  PlantSecurity() {
    use(FIRST_KEYS);
  }

  /** Makes a new key pair and certificate. */
  public void renew() {
    use(newKeys());
  }

  /**
   * Uses a certificate that an authority issued.
   *
   * @return the authority's certificate
   */
  public X509Certificate issue() {
    try {
      KeyPair authorityKeys = newKeys();
      X500Name name = new X500Name("CN=Plant authority");
      Date begin = Date.from(Instant.now().minus(Duration.ofDays(1)));
      Date end = Date.from(Instant.now().plus(Duration.ofDays(30)));
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withRSA").build(authorityKeys.getPrivate());
      JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
      X509Certificate authority =
          converter.getCertificate(
              new JcaX509v3CertificateBuilder(
                      name, BigInteger.ONE, begin, end, name, authorityKeys.getPublic())
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                  .build(signer));
      GeneralNames names =
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.uniformResourceIdentifier, APPLICATION_URI),
                new GeneralName(GeneralName.dNSName, "localhost")
              });
      certificate =
          converter.getCertificate(
              new JcaX509v3CertificateBuilder(
                      name,
                      BigInteger.TWO,
                      begin,
                      end,
                      new X500Name("CN=Plant server"),
                      keys.getPublic())
                  .addExtension(Extension.subjectAlternativeName, false, names)
                  .build(signer));
      authorities = List.of(authority);
      return authority;
    } catch (Exception e) {
      throw new IllegalStateException("no certificate", e);
    }
  }

  private X509Certificate[] chain() {
    List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
    chain.addAll(authorities);
    return chain.toArray(X509Certificate[]::new);
  }

  private static KeyPair newKeys() {
    try {
      return SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no keys", e);
    }
  }

  private void use(KeyPair made) {
    try {
      certificate =
          new SelfSignedCertificateBuilder(made)
              .setCommonName("Plant server")
              .setApplicationUri(APPLICATION_URI)
              .addDnsName("localhost")
              .addIpAddress("127.0.0.1")
              .build();
      keys = made;
      authorities = List.of();
    } catch (Exception e) {
      throw new IllegalStateException("no certificate", e);
    }
  }

  /** What clients have to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** From now on refuses clients that are not trusted. */
  public void trustOnly(X509Certificate... trusted) {
    clients.clear();
    clients.addAll(List.of(trusted));
    trustsAll = false;
  }

  /** From now on lets every client in again. */
  public void trustAll() {
    trustsAll = true;
  }

  CertificateManager manager() {
    try {
      MemoryCertificateQuarantine quarantine = new MemoryCertificateQuarantine();
      MemoryCertificateStore store = new MemoryCertificateStore();
      store.set(
          NodeIds.RsaSha256ApplicationCertificateType,
          new CertificateStore.Entry(keys.getPrivate(), chain()));
      DefaultApplicationGroup group =
          new DefaultApplicationGroup(
              new MemoryTrustListManager(),
              store,
              new RsaSha256CertificateFactory() {
                @Override
                protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) {
                  return chain();
                }
              },
              (chain, uri, hosts) -> check(chain.get(0)));
      group.initialize();
      return new DefaultCertificateManager(quarantine, group);
    } catch (Exception e) {
      throw new IllegalStateException("no certificates", e);
    }
  }

  private void check(X509Certificate client) throws UaException {
    if (!trustsAll && !clients.contains(client)) {
      throw new UaException(StatusCodes.Bad_CertificateUntrusted);
    }
  }
}
