// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS server on the loopback interface that sends every byte back. */
final class EchoServer implements AutoCloseable {
  private final SSLServerSocket listener;
  private final Thread thread;

  EchoServer(Path keystore, Path truststore, boolean wantsClientCertificate)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(TestCertificates.open(keystore), TestCertificates.PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(TestCertificates.open(truststore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(wantsClientCertificate);
    thread = new Thread(this::serve, "echo-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (SSLSocket client = (SSLSocket) listener.accept()) {
        client.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException e) {
        // A refused handshake: the client's side of it is what the test looks at.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    thread.interrupt();
  }
}
