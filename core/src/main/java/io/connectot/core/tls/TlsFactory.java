// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.spi.line.Suggestion;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes TLS connections as the {@code ssl.*} keys say, with the certificates and keys that the
 * files have when connecting. Thread-safe.
 */
public final class TlsFactory {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFactory.class);

  private final Configuration config;
  private final String[] protocols;
  private final String[] cipherSuites;
  private final boolean checksHostName;

  /** Guarded by this. */
  private SSLContext context;

  /** When {@link #context} was read, or could not be read again. Guarded by this. */
  private FileStates files;

  private TlsFactory(SSLContext context, FileStates files, Configuration config) {
    this.context = context;
    this.files = files;
    this.config = config;
    this.protocols = config.get(TlsConfig.ENABLED_PROTOCOLS).toArray(String[]::new);
    this.cipherSuites = config.get(TlsConfig.CIPHER_SUITES).toArray(String[]::new);
    this.checksHostName = config.get(TlsConfig.HOST_NAME_CHECK);
  }

  /**
   * Reads the stores.
   *
   * @param config a configuration whose definition has the keys of {@link TlsConfig}
   * @throws ConfigException when they cannot be used, naming the guilty key and the remedy
   */
  public static TlsFactory from(AbstractConfig config) {
    return from(new Configuration(config));
  }

  /**
   * Reads the stores.
   *
   * @param config a configuration whose definition has the keys of {@link TlsConfig}
   * @throws ConfigException when they cannot be used, naming the guilty key and the remedy
   */
  public static TlsFactory from(Configuration config) {
    FileStates files = FileStates.of(config);
    SSLContext context = new StoreReader(config).context();
    SSLParameters supported = context.getSupportedSSLParameters();
    checkSupported(TlsConfig.ENABLED_PROTOCOLS, config, supported.getProtocols());
    checkSupported(TlsConfig.CIPHER_SUITES, config, supported.getCipherSuites());
    if (config.get(TlsConfig.ENABLED_PROTOCOLS).isEmpty()) {
      throw TlsConfig.ENABLED_PROTOCOLS.error("", "must name at least one, e.g. TLSv1.2,TLSv1.3");
    }
    TlsFactory factory = new TlsFactory(context, files, config);
    if (!factory.checksHostName) {
      LOG.warn(
          "{} is empty: any server with a trusted certificate is accepted",
          TlsConfig.HOST_NAME_CHECK);
    }
    return factory;
  }

  /**
   * The context, without what belongs to single connections; see {@link #parameters}. If a file of
   * the stores changed, it is read again; if it cannot be used, what was read before remains.
   */
  public synchronized SSLContext context() {
    FileStates now = FileStates.of(config);
    if (!now.equals(files)) {
      files = now;
      try {
        context = new StoreReader(config).context();
        LOG.info("Read the changed certificates and keys");
      } catch (ConfigException e) {
        LOG.warn(
            "Changed certificates or keys cannot be used; using those read before: {}",
            e.getMessage());
      }
    }
    return context;
  }

  /**
   * What a connection has to be given before its handshake: protocols, cipher suites, the check of
   * the host name, and the host name for servers with several certificates.
   *
   * @param host the host as configured
   */
  public SSLParameters parameters(String host) {
    SSLParameters parameters = context().getDefaultSSLParameters();
    parameters.setProtocols(protocols.clone());
    if (cipherSuites.length > 0) {
      parameters.setCipherSuites(cipherSuites.clone());
    }
    if (checksHostName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    serverName(host).ifPresent(name -> parameters.setServerNames(List.of(name)));
    return parameters;
  }

  /** Gives a socket its {@link #parameters}. Sends nothing. */
  public SSLSocket configure(SSLSocket socket, String host) {
    socket.setSSLParameters(parameters(host));
    socket.setUseClientMode(true);
    return socket;
  }

  /**
   * Puts TLS over a connected socket. Sends nothing: the handshake begins with the first byte
   * written or read, or with {@link SSLSocket#startHandshake}.
   *
   * @param host the host as configured, which the peer's certificate has to carry
   * @return a socket whose closing leaves {@code socket} to its owner
   */
  public SSLSocket wrap(Socket socket, String host, int port) throws IOException {
    return configure(
        (SSLSocket) context().getSocketFactory().createSocket(socket, host, port, false), host);
  }

  /** A factory of configured sockets, for libraries that open connections themselves. */
  public SSLSocketFactory socketFactory() {
    return new ConfiguredSocketFactory(this);
  }

  private static void checkSupported(
      Key<List<String>> key, Configuration config, String[] supported) {
    List<String> known = Arrays.asList(supported);
    for (String name : config.get(key)) {
      if (!known.contains(name)) {
        throw key.error(
            name,
            "is not supported by this Java runtime" + Suggestion.of(name, known).didYouMean());
      }
    }
  }

  /** The host name to tell the server; an address is none, and neither is what DNS forbids. */
  private static Optional<SNIHostName> serverName(String host) {
    boolean address =
        host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    if (address) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SNIHostName(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
