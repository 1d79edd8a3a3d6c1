// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Reads the stores that the {@code ssl.*} keys name. Kafka's own class reads them, so that they
 * mean what they mean everywhere else in Kafka; private keys in PEM format, of which it reads few
 * forms, are read by {@link PemKeystore}.
 */
final class StoreReader {
  private final Configuration config;

  StoreReader(Configuration config) {
    this.config = config;
  }

  /**
   * Reads the stores.
   *
   * @throws ConfigException when they cannot be used, naming the guilty key and the remedy
   */
  SSLContext context() {
    check();
    Map<String, Object> trust = new HashMap<>();
    trust.put(TlsConfig.PROTOCOL.name(), config.get(TlsConfig.PROTOCOL));
    trust.put(TlsConfig.ENABLED_PROTOCOLS.name(), config.get(TlsConfig.ENABLED_PROTOCOLS));
    trust.put(TlsConfig.CIPHER_SUITES.name(), List.of());
    put(trust, Store.TRUST);
    // Twice, because the exception does not say which of the stores it is about.
    try (DefaultSslEngineFactory trusting = engines(trust, Store.TRUST)) {
      if (!Store.KEY.isSet(config)) {
        return trusting.sslContext();
      }
      if (Store.KEY.typeIn(config).equals("PEM")) {
        return context(trusting.truststore(), new PemKeystore(config).read());
      }
    }
    Map<String, Object> both = new HashMap<>(trust);
    put(both, Store.KEY);
    try (DefaultSslEngineFactory engines = engines(both, Store.KEY)) {
      return engines.sslContext();
    }
  }

  private DefaultSslEngineFactory engines(Map<String, Object> values, Store store) {
    DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
    try {
      factory.configure(values);
      return factory;
    } catch (RuntimeException e) {
      factory.close();
      throw blame(e, store);
    }
  }

  /**
   * A context as Kafka's own class makes it.
   *
   * @param trust null for what the Java runtime trusts
   */
  private SSLContext context(KeyStore trust, KeyStore keys) {
    try {
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, new char[0]);
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(trust);
      SSLContext context = SSLContext.getInstance(config.get(TlsConfig.PROTOCOL));
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw config.error(TlsConfig.PROTOCOL, "TLS cannot be set up (" + e + ")");
    }
  }

  private ConfigException blame(RuntimeException e, Store store) {
    if (e.getCause() instanceof UnrecoverableKeyException) {
      return keyPasswordError();
    }
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

  private ConfigException keyPasswordError() {
    return config.get(TlsConfig.KEY_PASSWORD).isPresent()
        ? TlsConfig.KEY_PASSWORD.error(
            Password.HIDDEN,
            "does not open the private key in "
                + Store.KEY.location
                + "; set the right password, or remove it if it is that of the keystore")
        : TlsConfig.KEY_PASSWORD.error(
            null,
            "is missing: the private key in "
                + Store.KEY.location
                + " has another password than the keystore");
  }

  private void put(Map<String, Object> values, Store store) {
    if (store.isSet(config)) {
      values.put(store.type.name(), store.typeIn(config));
      putIfSet(values, store.location);
      putIfSet(values, store.password);
      putIfSet(values, store.certificates);
      if (store == Store.KEY) {
        putIfSet(values, TlsConfig.KEY_PASSWORD);
      }
    }
  }

  private void putIfSet(Map<String, Object> values, Key<? extends Optional<?>> key) {
    config.get(key).ifPresent(value -> values.put(key.name(), value));
  }

  private void check() {
    for (Store store : Store.values()) {
      checkFile(store.location);
      if (config.get(store.location).isPresent() && config.get(store.certificates).isPresent()) {
        throw beside(store.certificates, store.location);
      }
    }
    checkFile(TlsConfig.PRIVATE_KEY_FILE);
    checkPrivateKey();
    for (Store store : Store.values()) {
      checkPassword(store);
    }
  }

  private void checkFile(Key<Optional<String>> key) {
    String file = config.get(key).orElse(null);
    if (file == null) {
      return;
    }
    try {
      if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
        throw config.error(
            key,
            "this worker has no such file, or may not read it; every worker needs it under that"
                + " path");
      }
    } catch (InvalidPathException e) {
      throw config.error(key, "is not a path: " + e.getReason());
    }
  }

  private void checkPrivateKey() {
    boolean text = config.get(TlsConfig.PRIVATE_KEY).isPresent();
    boolean file = config.get(TlsConfig.PRIVATE_KEY_FILE).isPresent();
    if (text && file) {
      throw beside(TlsConfig.PRIVATE_KEY, TlsConfig.PRIVATE_KEY_FILE);
    }
    if (!text && !file) {
      if (config.get(TlsConfig.CERTIFICATE_CHAIN).isPresent()) {
        throw TlsConfig.PRIVATE_KEY.error(
            null, "is missing: a private key and its certificate chain go together");
      }
      return;
    }
    if (!Store.KEY.isSet(config)) {
      throw (text ? TlsConfig.CERTIFICATE_CHAIN : TlsConfig.KEYSTORE)
          .error(null, "is missing: a private key and its certificate chain go together");
    }
    if (!Store.KEY.typeIn(config).equals("PEM")) {
      throw config.error(
          TlsConfig.KEYSTORE_TYPE,
          "must be PEM beside "
              + (text ? TlsConfig.PRIVATE_KEY : TlsConfig.PRIVATE_KEY_FILE)
              + "; the other formats have the private key in the keystore");
    }
  }

  private void checkPassword(Store store) {
    if (config.get(store.password).isEmpty()) {
      return;
    }
    if (!store.isSet(config)) {
      throw store.location.error(null, "is missing, but there is a " + store.password);
    }
    if (store.typeIn(config).equals("PEM")) {
      throw config.error(
          store.password,
          "is set, but a PEM file has no password; remove it"
              + (store == Store.KEY
                  ? ", or set " + TlsConfig.KEY_PASSWORD + " if the private key is encrypted"
                  : ""));
    }
  }

  private ConfigException beside(Key<?> key, Key<?> other) {
    return config.error(key, "is set beside " + other + "; remove one of them");
  }
}
