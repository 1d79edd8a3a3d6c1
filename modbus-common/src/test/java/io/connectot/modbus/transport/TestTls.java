// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.tls.TestCertificates;
import io.connectot.modbus.transport.channel.TlsLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A plant's certificates: its authority, a device named localhost, and a client. */
final class TestTls {
  private final Path trust;
  private final Path device;
  private final Path client;

  TestTls(Path folder) {
    TestCertificates certificates = new TestCertificates(folder);
    trust = certificates.truststore("trust.p12", "PKCS12", certificates.authority("plant-ca"));
    device = certificates.signed("device", "plant-ca", "dns:localhost");
    client = certificates.signed("client", "plant-ca", "dns:client");
  }

  SSLContext ofDevice() throws IOException, GeneralSecurityException {
    return context(keys(device));
  }

  /** Verifies the device's name, as the connector's own does unless told otherwise. */
  TlsLayer ofClient() throws IOException, GeneralSecurityException {
    return layer(context(keys(client)));
  }

  TlsLayer ofClientWithoutCertificate() throws IOException, GeneralSecurityException {
    return layer(context(new KeyManager[0]));
  }

  private static TlsLayer layer(SSLContext context) {
    return (socket, host, port) -> {
      SSLSocket secured =
          (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, false);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      return secured;
    };
  }

  private SSLContext context(KeyManager[] keys) throws IOException, GeneralSecurityException {
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(TestCertificates.open(trust));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trusted.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keys(Path store) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(TestCertificates.open(store), TestCertificates.PASSWORD.toCharArray());
    return keys.getKeyManagers();
  }
}
