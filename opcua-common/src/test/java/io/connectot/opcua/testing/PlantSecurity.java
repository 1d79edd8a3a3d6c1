// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
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

  PlantSecurity() {
    use(FIRST_KEYS);
  }

  /** Makes a new key pair and certificate. */
  public void renew() {
    use(newKeys());
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
          new CertificateStore.Entry(keys.getPrivate(), new X509Certificate[] {certificate}));
      DefaultApplicationGroup group =
          new DefaultApplicationGroup(
              new MemoryTrustListManager(),
              store,
              new RsaSha256CertificateFactory() {
                @Override
                protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) {
                  return new X509Certificate[] {certificate};
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
