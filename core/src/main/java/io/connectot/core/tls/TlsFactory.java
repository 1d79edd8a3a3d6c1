// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.spi.Suggestion;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes TLS connections as the {@code ssl.*} keys say. Kafka's own class reads the stores, so that
 * they mean what they mean everywhere else in Kafka. Immutable, thread-safe.
 */
public final class TlsFactory {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFactory.class);

  private final SSLContext context;
  private final String[] protocols;
  private final String[] cipherSuites;
  private final boolean checksHostName;

  private TlsFactory(SSLContext context, Configuration config) {
    this.context = context;
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
    checkFile(config, Store.TRUST);
    checkFile(config, Store.KEY);
    checkComplete(config);
    List<String> protocols = config.get(TlsConfig.ENABLED_PROTOCOLS);
    Map<String, Object> trust = new HashMap<>();
    trust.put(TlsConfig.PROTOCOL.name(), config.get(TlsConfig.PROTOCOL));
    trust.put(TlsConfig.ENABLED_PROTOCOLS.name(), protocols);
    trust.put(TlsConfig.CIPHER_SUITES.name(), List.of());
    put(trust, config, Store.TRUST);
    // Twice, because the exception does not say which of the stores it is about.
    SSLContext context = context(trust, config, Store.TRUST);
    if (Store.KEY.isSet(config)) {
      Map<String, Object> both = new HashMap<>(trust);
      put(both, config, Store.KEY);
      context = context(both, config, Store.KEY);
    }
    SSLParameters supported = context.getSupportedSSLParameters();
    checkSupported(TlsConfig.ENABLED_PROTOCOLS, config, supported.getProtocols());
    checkSupported(TlsConfig.CIPHER_SUITES, config, supported.getCipherSuites());
    if (protocols.isEmpty()) {
      throw TlsConfig.ENABLED_PROTOCOLS.error("", "must name at least one, e.g. TLSv1.2,TLSv1.3");
    }
    TlsFactory factory = new TlsFactory(context, config);
    if (!factory.checksHostName) {
      LOG.warn(
          "{} is empty: any server with a trusted certificate is accepted",
          TlsConfig.HOST_NAME_CHECK);
    }
    return factory;
  }

  /** The context, without what belongs to single connections; see {@link #parameters}. */
  public SSLContext context() {
    return context;
  }

  /**
   * What a connection has to be given before its handshake: protocols, cipher suites, the check of
   * the host name, and the host name for servers with several certificates.
   *
   * @param host the host as configured
   */
  public SSLParameters parameters(String host) {
    SSLParameters parameters = context.getDefaultSSLParameters();
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
        (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, false), host);
  }

  /** A factory of configured sockets, for libraries that open connections themselves. */
  public SSLSocketFactory socketFactory() {
    return new ConfiguredSocketFactory(this);
  }

  private static SSLContext context(Map<String, Object> values, Configuration config, Store store) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(values);
      return factory.sslContext();
    } catch (RuntimeException e) {
      throw blame(e, config, store);
    }
  }

  private static ConfigException blame(RuntimeException e, Configuration config, Store store) {
    StringBuilder causes = new StringBuilder();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && causes.indexOf(cause.getMessage()) < 0) {
        causes.append(causes.length() == 0 ? "" : ": ").append(cause.getMessage());
      }
    }
    String type = store.typeIn(config);
    String text = causes.toString();
    if (text.contains("password") && !type.equals("PEM")) {
      return store.password.error(
          Password.HIDDEN, "does not open the store; set the right password (" + text + ")");
    }
    if (text.contains("SSLContext")) {
      return config.error(TlsConfig.PROTOCOL, text);
    }
    boolean inline =
        config.get(store.location).isEmpty() && config.get(store.certificates).isPresent();
    return config.error(
        inline ? store.certificates : store.location,
        "cannot be read as "
            + type
            + "; if it has another format, set "
            + store.type
            + " ("
            + text
            + ")");
  }

  private static void put(Map<String, Object> values, Configuration config, Store store) {
    if (store.isSet(config)) {
      values.put(store.type.name(), store.typeIn(config));
      putIfSet(values, config, store.location);
      putIfSet(values, config, store.password);
      putIfSet(values, config, store.certificates);
      if (store == Store.KEY) {
        putIfSet(values, config, TlsConfig.KEY_PASSWORD);
        putIfSet(values, config, TlsConfig.PRIVATE_KEY);
      }
    }
  }

  private static void putIfSet(
      Map<String, Object> values, Configuration config, Key<? extends Optional<?>> key) {
    config.get(key).ifPresent(value -> values.put(key.name(), value));
  }

  private static void checkFile(Configuration config, Store store) {
    String file = config.get(store.location).orElse(null);
    if (file == null) {
      return;
    }
    if (config.get(store.certificates).isPresent()) {
      throw config.error(
          store.certificates, "is set beside " + store.location + "; remove one of them");
    }
    try {
      if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
        throw config.error(
            store.location,
            "this worker has no such file, or may not read it; every worker needs it under that"
                + " path");
      }
    } catch (InvalidPathException e) {
      throw config.error(store.location, "is not a path: " + e.getReason());
    }
  }

  private static void checkComplete(Configuration config) {
    boolean chain = config.get(TlsConfig.CERTIFICATE_CHAIN).isPresent();
    boolean key = config.get(TlsConfig.PRIVATE_KEY).isPresent();
    if (chain != key) {
      throw (chain ? TlsConfig.PRIVATE_KEY : TlsConfig.CERTIFICATE_CHAIN)
          .error(null, "is missing: a private key and its certificate chain go together");
    }
    for (Store store : Store.values()) {
      if (config.get(store.password).isPresent() && !store.isSet(config)) {
        throw store.location.error(null, "is missing, but there is a " + store.password);
      }
    }
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
