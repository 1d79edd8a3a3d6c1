// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gives every socket the parameters of a {@link TlsFactory}. Where only an address is given, the
 * host name is the one the address was made with; asking DNS for another would let DNS decide whom
 * to trust. Thread-safe.
 */
final class ConfiguredSocketFactory extends SSLSocketFactory {
  private final TlsFactory tls;
  private final SSLSocketFactory sockets;

  ConfiguredSocketFactory(TlsFactory tls) {
    super();
    this.tls = tls;
    this.sockets = tls.context().getSocketFactory();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return configure(sockets.createSocket(), "");
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return configure(sockets.createSocket(socket, host, port, autoClose), host);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return configure(sockets.createSocket(host, port), host);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return configure(sockets.createSocket(host, port, localHost, localPort), host);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return configure(sockets.createSocket(host, port), "");
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return configure(sockets.createSocket(address, port, localAddress, localPort), "");
  }

  private Socket configure(Socket socket, String host) {
    return tls.configure((SSLSocket) socket, host);
  }
}
