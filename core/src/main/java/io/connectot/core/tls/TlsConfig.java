// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import io.connectot.core.spi.LineException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;

/**
 * The keys for TLS to devices and brokers of the field, named and meant as Kafka's own. A protocol
 * that speaks TLS adds them in its {@link io.connectot.core.spi.Protocol#defineConfig}.
 */
public final class TlsConfig {
  static final String PROTOCOL = "ssl.protocol";
  static final String ENABLED_PROTOCOLS = "ssl.enabled.protocols";
  static final String CIPHER_SUITES = "ssl.cipher.suites";
  static final String ENDPOINT_IDENTIFICATION = "ssl.endpoint.identification.algorithm";

  private static final String GROUP = "TLS";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public TlsConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys, unless they are there already. */
  public static ConfigDef addTo(ConfigDef definition) {
    if (definition.configKeys().containsKey(PROTOCOL)) {
      return definition;
    }
    addTruststore(definition);
    addKeystore(definition);
    addHandshake(definition);
    return definition;
  }

  private static void addTruststore(ConfigDef definition) {
    Store store = Store.TRUST;
    Option.of(store.location(), ConfigDef.Type.STRING)
        .defaultValue(null)
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Truststore")
        .width(Width.LONG)
        .doc(
            "The file with the certificates of the authorities that are trusted, under a path every"
                + " worker can read. Without any, those of the Java runtime are trusted.")
        .addTo(definition);
    Option.of(store.password(), ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Truststore password")
        .recommender(VisibleWhen.isNot(store.type(), "PEM"))
        .doc("The password of the truststore. A PEM file has none.")
        .addTo(definition);
    addType(definition, store, "Truststore type", store.password());
    Option.of(store.certificates(), ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Trusted certificates (PEM)")
        .width(Width.LONG)
        .doc("The trusted certificates themselves in PEM form, instead of a file.")
        .addTo(definition);
  }

  private static void addKeystore(ConfigDef definition) {
    Store store = Store.KEY;
    Option.of(store.location(), ConfigDef.Type.STRING)
        .defaultValue(null)
        .importance(Importance.HIGH)
        .group(GROUP)
        .displayName("Keystore")
        .width(Width.LONG)
        .doc(
            "The file with the private key and certificate this connector identifies itself by,"
                + " under a path every worker can read. Only for servers that ask for one.")
        .addTo(definition);
    Option.of(store.password(), ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Keystore password")
        .recommender(VisibleWhen.isNot(store.type(), "PEM"))
        .doc("The password of the keystore. A PEM file has none, only its key may.")
        .addTo(definition);
    addType(definition, store, "Keystore type", store.password());
    Option.of(Store.KEY_PASSWORD, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Key password")
        .doc("The password of the private key, if it has one of its own.")
        .addTo(definition);
    Option.of(Store.PRIVATE_KEY, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Private key (PEM)")
        .width(Width.LONG)
        .doc("The private key itself in PEM form (PKCS#8), instead of a file.")
        .addTo(definition);
    Option.of(store.certificates(), ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Certificate chain (PEM)")
        .width(Width.LONG)
        .doc("The certificate of the private key and those that signed it, in PEM form.")
        .addTo(definition);
  }

  private static void addType(
      ConfigDef definition, Store store, String displayName, String dependent) {
    Option.of(store.type(), ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("one of JKS, PKCS12, PEM", TlsConfig::checkType))
        .group(GROUP)
        .displayName(displayName)
        .width(Width.SHORT)
        .dependents(dependent)
        .doc(
            "The form of the file. Without it, .p12 and .pfx mean PKCS12; .pem, .crt and .cer and"
                + " certificates in the configuration mean PEM; anything else means JKS.")
        .addTo(definition);
  }

  private static void addHandshake(ConfigDef definition) {
    Option.of(PROTOCOL, ConfigDef.Type.STRING)
        .defaultValue("TLSv1.3")
        .validator(Checks.required("name of a protocol", text -> {}))
        .group(GROUP)
        .displayName("Protocol")
        .importance(Importance.LOW)
        .width(Width.SHORT)
        .doc("The newest TLS version the connector can speak.")
        .addTo(definition);
    Option.of(ENABLED_PROTOCOLS, ConfigDef.Type.LIST)
        .defaultValue("TLSv1.2,TLSv1.3")
        .group(GROUP)
        .displayName("Enabled protocols")
        .importance(Importance.LOW)
        .doc("The TLS versions the connector offers.")
        .addTo(definition);
    Option.of(CIPHER_SUITES, ConfigDef.Type.LIST)
        .defaultValue("")
        .group(GROUP)
        .displayName("Cipher suites")
        .importance(Importance.LOW)
        .width(Width.LONG)
        .doc("The cipher suites the connector offers; empty for those of the Java runtime.")
        .addTo(definition);
    Option.of(ENDPOINT_IDENTIFICATION, ConfigDef.Type.STRING)
        .defaultValue("https")
        .validator(Checks.optional("https, or empty for none", TlsConfig::checkIdentification))
        .group(GROUP)
        .displayName("Host name check")
        .importance(Importance.LOW)
        .width(Width.SHORT)
        .doc(
            "How the server's certificate is compared with the host name connected to. Empty turns"
                + " the check off, and then any server with a trusted certificate passes for"
                + " yours.")
        .addTo(definition);
  }

  /** The TLS versions offered, at least one. */
  List<String> enabledProtocols() {
    return config.getList(ENABLED_PROTOCOLS);
  }

  /** The cipher suites offered; empty for the default ones. */
  List<String> cipherSuites() {
    List<String> suites = config.getList(CIPHER_SUITES);
    return suites == null ? List.of() : suites;
  }

  /** Whether the server's certificate has to carry the host name connected to. */
  public boolean checksHostName() {
    String algorithm = config.getString(ENDPOINT_IDENTIFICATION);
    return algorithm != null && !algorithm.isBlank();
  }

  String protocol() {
    return config.getString(PROTOCOL);
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(config.getString(key)).filter(text -> !text.isBlank());
  }

  Optional<Password> secret(String key) {
    return Optional.ofNullable(config.getPassword(key)).filter(text -> !text.value().isBlank());
  }

  private static void checkType(String text) throws LineException {
    switch (text.toUpperCase(Locale.ROOT)) {
      case "JKS", "PKCS12", "PEM" -> {}
      default -> throw new LineException("must be JKS, PKCS12 or PEM");
    }
  }

  private static void checkIdentification(String text) throws LineException {
    if (!text.equalsIgnoreCase("https")) {
      throw new LineException("must be https, or empty for no check");
    }
  }
}
