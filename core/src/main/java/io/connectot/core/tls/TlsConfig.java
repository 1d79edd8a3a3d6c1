// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;

/**
 * The keys for TLS to devices and brokers, named and meant as Kafka's own, and {@code
 * ssl.keystore.key.location}. A protocol that uses TLS adds them in its {@link
 * io.connectot.core.spi.Protocol#defineConfig}.
 */
public final class TlsConfig {
  private static final Optional<String> PEM = Optional.of("PEM");

  static final Key<Optional<String>> TRUSTSTORE =
      Key.optional("ssl.truststore.location", null)
          .importance(Importance.HIGH)
          .display("Truststore")
          .width(Width.LONG)
          .doc(
              "File of the trusted certificates, under a path that every worker can read. Without"
                  + " it, the certificates that the Java runtime trusts are trusted.");

  static final Key<Optional<String>> TRUSTSTORE_TYPE =
      type("ssl.truststore.type").display("Truststore type");

  static final Key<Optional<Password>> TRUSTSTORE_PASSWORD =
      secret("ssl.truststore.password")
          .visibleUnless(TRUSTSTORE_TYPE, PEM)
          .display("Truststore password")
          .doc("Password of the truststore. A PEM file has none.");

  static final Key<Optional<Password>> TRUSTED_CERTIFICATES =
      secret("ssl.truststore.certificates")
          .display("Trusted certificates (PEM)")
          .width(Width.LONG)
          .doc("Trusted certificates in PEM format, instead of a file.");

  static final Key<Optional<String>> KEYSTORE =
      Key.optional("ssl.keystore.location", null)
          .importance(Importance.HIGH)
          .display("Keystore")
          .width(Width.LONG)
          .doc(
              "File of the private key and certificate of this connector, under a path that every"
                  + " worker can read. Only for servers that ask for a client certificate. A PEM"
                  + " file can have the private key in another file, ssl.keystore.key.location.");

  static final Key<Optional<String>> KEYSTORE_TYPE =
      type("ssl.keystore.type").display("Keystore type");

  static final Key<Optional<Password>> KEYSTORE_PASSWORD =
      secret("ssl.keystore.password")
          .visibleUnless(KEYSTORE_TYPE, PEM)
          .display("Keystore password")
          .doc("Password of the keystore. A PEM file has none, but its private key can have one.");

  static final Key<Optional<Password>> KEY_PASSWORD =
      secret("ssl.key.password")
          .display("Key password")
          .doc(
              "Password of an encrypted private key in PEM format, or of a private key that has"
                  + " another one than its keystore.");

  static final Key<Optional<Password>> PRIVATE_KEY =
      secret("ssl.keystore.key")
          .display("Private key (PEM)")
          .width(Width.LONG)
          .doc("Private key in PEM format, instead of a file.");

  static final Key<Optional<String>> PRIVATE_KEY_FILE =
      Key.optional("ssl.keystore.key.location", null)
          .display("Private key file (PEM)")
          .width(Width.LONG)
          .doc(
              "PEM file of the private key, under a path that every worker can read. Only if the"
                  + " keystore is a PEM file that has the certificate without its private key.");

  static final Key<Optional<Password>> CERTIFICATE_CHAIN =
      secret("ssl.keystore.certificate.chain")
          .display("Certificate chain (PEM)")
          .width(Width.LONG)
          .doc(
              "Certificate of the private key and the certificates of its issuers, in PEM format.");

  static final Key<String> PROTOCOL =
      Key.text("ssl.protocol", "TLSv1.3", "name of a protocol", text -> text)
          .importance(Importance.LOW)
          .display("Protocol")
          .width(Width.SHORT)
          .doc("Newest TLS version that the connector can use.");

  static final Key<List<String>> ENABLED_PROTOCOLS =
      Key.list("ssl.enabled.protocols", "TLSv1.2,TLSv1.3")
          .importance(Importance.LOW)
          .display("Enabled protocols")
          .doc("TLS versions that the connector offers.");

  static final Key<List<String>> CIPHER_SUITES =
      Key.list("ssl.cipher.suites", "")
          .importance(Importance.LOW)
          .display("Cipher suites")
          .width(Width.LONG)
          .doc("Cipher suites that the connector offers; empty for those of the Java runtime.");

  /** Whether the server's certificate must be for the host name connected to. */
  static final Key<Boolean> HOST_NAME_CHECK =
      Key.optional(
              "ssl.endpoint.identification.algorithm",
              "https",
              "https, or empty for none",
              TlsConfig::https)
          .as(Optional::isPresent)
          .importance(Importance.LOW)
          .display("Host name check")
          .width(Width.SHORT)
          .doc(
              "How the server's certificate is compared with the host name connected to. Empty"
                  + " turns the check off: any server with a trusted certificate is then"
                  + " accepted.");

  public static final Keys KEYS =
      Keys.group(
          "TLS",
          TRUSTSTORE,
          TRUSTSTORE_PASSWORD,
          TRUSTSTORE_TYPE,
          TRUSTED_CERTIFICATES,
          KEYSTORE,
          KEYSTORE_PASSWORD,
          KEYSTORE_TYPE,
          KEY_PASSWORD,
          PRIVATE_KEY_FILE,
          PRIVATE_KEY,
          CERTIFICATE_CHAIN,
          PROTOCOL,
          ENABLED_PROTOCOLS,
          CIPHER_SUITES,
          HOST_NAME_CHECK);

  private TlsConfig() {}

  /** Adds the keys, unless they are there already. */
  public static ConfigDef addTo(ConfigDef definition) {
    return definition.names().contains(PROTOCOL.name()) ? definition : KEYS.addTo(definition);
  }

  private static Key<Optional<String>> type(String name) {
    return Key.optional(name, null, "one of JKS, PKCS12, PEM", TlsConfig::storeType)
        .width(Width.SHORT)
        .doc(
            "Format of the file. Default: PKCS12 for .p12 and .pfx; PEM for .pem, .crt and .cer and"
                + " for certificates in the configuration; JKS for anything else.");
  }

  private static Key<Optional<Password>> secret(String name) {
    return Key.password(name).as(secret -> secret.filter(text -> !text.value().isBlank()));
  }

  private static String storeType(String text) throws LineException {
    String type = text.toUpperCase(Locale.ROOT);
    return switch (type) {
      case "JKS", "PKCS12", "PEM" -> type;
      default -> throw new LineException("must be JKS, PKCS12 or PEM");
    };
  }

  private static String https(String text) throws LineException {
    if (!text.equalsIgnoreCase("https")) {
      throw new LineException("must be https, or empty for no check");
    }
    return text;
  }
}
