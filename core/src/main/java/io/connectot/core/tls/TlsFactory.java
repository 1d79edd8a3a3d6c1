// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

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

  private TlsFactory(SSLContext context, TlsConfig config) {
    this.context = context;
    this.protocols = config.enabledProtocols().toArray(String[]::new);
    this.cipherSuites = config.cipherSuites().toArray(String[]::new);
    this.checksHostName = config.checksHostName();
  }

  /**
   * Reads the stores.
   *
   * @param config a configuration whose definition has the keys of {@link TlsConfig}
   * @throws ConfigException when they cannot be used, naming the guilty key and the remedy
   */
  public static TlsFactory from(AbstractConfig config) {
    TlsConfig tls = new TlsConfig(config);
    checkFile(tls, Store.TRUST);
    checkFile(tls, Store.KEY);
    checkComplete(tls);
    Map<String, Object> trust = new HashMap<>();
    trust.put(TlsConfig.PROTOCOL, tls.protocol());
    trust.put(TlsConfig.ENABLED_PROTOCOLS, tls.enabledProtocols());
    trust.put(TlsConfig.CIPHER_SUITES, List.of());
    put(trust, tls, Store.TRUST);
    // Twice, because the exception does not say which of the stores it is about.
    SSLContext context = context(trust, tls, Store.TRUST);
    Map<String, Object> both = new HashMap<>(trust);
    if (put(both, tls, Store.KEY)) {
      context = context(both, tls, Store.KEY);
    }
    SSLParameters supported = context.getSupportedSSLParameters();
    checkSupported(TlsConfig.ENABLED_PROTOCOLS, tls.enabledProtocols(), supported.getProtocols());
    checkSupported(TlsConfig.CIPHER_SUITES, tls.cipherSuites(), supported.getCipherSuites());
    if (tls.enabledProtocols().isEmpty()) {
      throw new ConfigException(
          TlsConfig.ENABLED_PROTOCOLS, "", "must name at least one, e.g. TLSv1.2,TLSv1.3");
    }
    if (!tls.checksHostName()) {
      LOG.warn(
          "{} is empty: any server with a trusted certificate passes for the one configured",
          TlsConfig.ENDPOINT_IDENTIFICATION);
    }
    return new TlsFactory(context, tls);
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

  private static SSLContext context(Map<String, Object> values, TlsConfig tls, Store store) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(values);
      return factory.sslContext();
    } catch (RuntimeException e) {
      throw blame(e, tls, store);
    }
  }

  private static ConfigException blame(RuntimeException e, TlsConfig tls, Store store) {
    StringBuilder causes = new StringBuilder();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && causes.indexOf(cause.getMessage()) < 0) {
        causes.append(causes.length() == 0 ? "" : ": ").append(cause.getMessage());
      }
    }
    String type = store.typeIn(tls);
    String text = causes.toString();
    boolean fromFile = tls.text(store.location()).isPresent();
    if (text.contains("password") && !type.equals("PEM")) {
      return new ConfigException(
          store.password(),
          Password.HIDDEN,
          "does not open the store; set the right password (" + text + ")");
    }
    if (text.contains("SSLContext")) {
      return new ConfigException(TlsConfig.PROTOCOL, tls.protocol(), text);
    }
    String key =
        fromFile || tls.secret(store.certificates()).isEmpty()
            ? store.location()
            : store.certificates();
    return new ConfigException(
        key,
        fromFile ? tls.text(store.location()).orElse("") : Password.HIDDEN,
        "cannot be read as "
            + type
            + "; if it is of another form, set "
            + store.type()
            + " ("
            + text
            + ")");
  }

  private static boolean put(Map<String, Object> values, TlsConfig tls, Store store) {
    Optional<String> location = tls.text(store.location());
    boolean present = location.isPresent() || tls.secret(store.certificates()).isPresent();
    if (present) {
      values.put(store.type(), store.typeIn(tls));
      location.ifPresent(file -> values.put(store.location(), file));
      putSecret(values, tls, store.password());
      putSecret(values, tls, store.certificates());
      if (store == Store.KEY) {
        putSecret(values, tls, Store.KEY_PASSWORD);
        putSecret(values, tls, Store.PRIVATE_KEY);
      }
    }
    return present;
  }

  private static void putSecret(Map<String, Object> values, TlsConfig tls, String key) {
    tls.secret(key).ifPresent(secret -> values.put(key, secret));
  }

  private static void checkFile(TlsConfig tls, Store store) {
    String file = tls.text(store.location()).orElse(null);
    if (file == null) {
      return;
    }
    if (tls.secret(store.certificates()).isPresent()) {
      throw new ConfigException(
          store.certificates(),
          Password.HIDDEN,
          "stands beside " + store.location() + "; remove one of them");
    }
    try {
      if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
        throw new ConfigException(
            store.location(),
            file,
            "there is no such file that this worker may read; every worker needs it under that"
                + " path");
      }
    } catch (InvalidPathException e) {
      throw new ConfigException(store.location(), file, "is no path: " + e.getReason());
    }
  }

  private static void checkComplete(TlsConfig tls) {
    boolean chain = tls.secret(Store.KEY.certificates()).isPresent();
    boolean key = tls.secret(Store.PRIVATE_KEY).isPresent();
    if (chain != key) {
      throw new ConfigException(
          chain ? Store.PRIVATE_KEY : Store.KEY.certificates(),
          null,
          "is missing: a private key and its certificate chain go together");
    }
    for (Store store : Store.values()) {
      if (tls.secret(store.password()).isPresent()
          && tls.text(store.location()).isEmpty()
          && tls.secret(store.certificates()).isEmpty()) {
        throw new ConfigException(
            store.location(), null, "is missing, but there is a " + store.password());
      }
    }
  }

  private static void checkSupported(String key, List<String> wanted, String[] supported) {
    List<String> known = Arrays.asList(supported);
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new ConfigException(
            key,
            name,
            "this Java runtime does not know it" + Suggestion.of(name, known).didYouMean());
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
