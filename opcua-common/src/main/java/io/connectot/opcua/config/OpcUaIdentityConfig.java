// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The keys of the user that sessions are activated with (OPC UA Part 4 §7.40). */
public final class OpcUaIdentityConfig {
  public static final Key<AuthType> TYPE =
      Key.choice("opcua.auth.type", AuthType.class, AuthType.ANONYMOUS)
          .display("Log in as")
          .doc(
              "The user to log in as: anonymous, username with a password, or x509 with a user"
                  + " certificate. After a restart, servers transfer a subscription only to the"
                  + " same user, and to an anonymous user only over a secured connection.");

  public static final Key<Optional<String>> USERNAME =
      Key.optional("opcua.auth.username", null)
          .visibleWhen(TYPE, AuthType.USERNAME)
          .display("User name")
          .doc("The user name.");

  public static final Key<Optional<Password>> PASSWORD =
      Key.password("opcua.auth.password")
          .visibleWhen(TYPE, AuthType.USERNAME)
          .display("Password")
          .doc(
              "The password of the user. The connector sends it encrypted only, and not to a server"
                  + " that asks for it in plain text.");

  public static final Key<Optional<Path>> CERT_FILE =
      Key.path("opcua.auth.cert.file", "", null)
          .visibleWhen(TYPE, AuthType.X509)
          .importance(Importance.LOW)
          .width(Width.MEDIUM)
          .display("User certificate")
          .doc(
              "The file of the user certificate, on every worker: PEM or DER, or PKCS#12 (.p12,"
                  + " .pfx) with certificate and private key.");

  public static final Key<Optional<Path>> CERT_KEY_FILE =
      Key.path("opcua.auth.cert.key.file", "", null)
          .visibleWhen(TYPE, AuthType.X509)
          .importance(Importance.LOW)
          .width(Width.MEDIUM)
          .display("Private key of the user")
          .doc("The PEM file of the private key, if the certificate's file does not contain it.");

  public static final Key<Optional<Password>> CERT_PASSWORD =
      Key.password("opcua.auth.cert.password")
          .visibleWhen(TYPE, AuthType.X509)
          .importance(Importance.LOW)
          .display("Password of the private key")
          .doc("The password of the private key or of the PKCS#12 file.");

  public static final Keys KEYS =
      Keys.group("OPC UA user", TYPE, USERNAME, PASSWORD, CERT_FILE, CERT_KEY_FILE, CERT_PASSWORD);

  private OpcUaIdentityConfig() {}

  /**
   * The certificate of the user; empty if none is configured.
   *
   * @throws ConfigException when a private key is configured, but no certificate
   */
  public static Optional<KeyFiles> certificate(Configuration config) {
    return KeyFiles.of(config, CERT_FILE, CERT_KEY_FILE, CERT_PASSWORD);
  }

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException when one is missing, naming it
   */
  static void check(Configuration config) {
    AuthType type = config.get(TYPE);
    Optional<KeyFiles> certificate = certificate(config);
    if (type == AuthType.USERNAME && config.get(USERNAME).isEmpty()) {
      throw config.error(USERNAME, "is missing: " + TYPE + "=username needs a user name");
    }
    if (type == AuthType.X509 && certificate.isEmpty()) {
      throw config.error(CERT_FILE, "is missing: " + TYPE + "=x509 needs a user certificate");
    }
    if (type != AuthType.USERNAME && config.get(USERNAME).isPresent()) {
      throw unused(config, USERNAME, AuthType.USERNAME);
    }
    if (type != AuthType.USERNAME && config.get(PASSWORD).isPresent()) {
      throw unused(config, PASSWORD, AuthType.USERNAME);
    }
    if (type != AuthType.X509 && certificate.isPresent()) {
      throw unused(config, CERT_FILE, AuthType.X509);
    }
  }

  private static ConfigException unused(Configuration config, Key<?> key, AuthType needed) {
    return config.error(
        key,
        "is set, but "
            + TYPE
            + " is "
            + config.get(TYPE).name().toLowerCase(Locale.ROOT)
            + "; set "
            + TYPE
            + "="
            + needed.name().toLowerCase(Locale.ROOT)
            + ", or remove it");
  }
}
