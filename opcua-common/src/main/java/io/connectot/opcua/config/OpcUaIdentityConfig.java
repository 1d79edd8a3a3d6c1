// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The keys that say as whom to log in. */
public final class OpcUaIdentityConfig {
  public static final String TYPE = "opcua.auth.type";
  public static final String USERNAME = "opcua.auth.username";
  public static final String PASSWORD = "opcua.auth.password";
  public static final String CERT_FILE = "opcua.auth.cert.file";
  public static final String CERT_KEY_FILE = "opcua.auth.cert.key.file";
  public static final String CERT_PASSWORD = "opcua.auth.cert.password";

  private static final String GROUP = "OPC UA user";

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaIdentityConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    Option.choice(TYPE, AuthType.class, AuthType.ANONYMOUS)
        .group(GROUP)
        .displayName("Log in as")
        .dependents(USERNAME, PASSWORD, CERT_FILE, CERT_KEY_FILE, CERT_PASSWORD)
        .doc(
            "As whom to log in: anonymous, username with a password, or x509 with a certificate of"
                + " the user. After a restart, servers hand a subscription over to the same user"
                + " only, and to an anonymous one only over a secured connection.")
        .addTo(definition);
    Option.of(USERNAME, ConfigDef.Type.STRING)
        .defaultValue(null)
        .group(GROUP)
        .displayName("User name")
        .recommender(VisibleWhen.is(TYPE, "username"))
        .doc("The user name.")
        .addTo(definition);
    Option.of(PASSWORD, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group(GROUP)
        .displayName("Password")
        .recommender(VisibleWhen.is(TYPE, "username"))
        .doc(
            "The password of the user. It is sent encrypted only; a server that asks for it in the"
                + " clear does not get it.")
        .addTo(definition);
    Option.of(CERT_FILE, ConfigDef.Type.STRING)
        .defaultValue("")
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("User certificate")
        .recommender(VisibleWhen.is(TYPE, "x509"))
        .doc(
            "The file of the user's certificate, on every worker: PEM or DER, or PKCS#12 (.p12,"
                + " .pfx) with certificate and private key.")
        .addTo(definition);
    Option.of(CERT_KEY_FILE, ConfigDef.Type.STRING)
        .defaultValue("")
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Private key of the user")
        .recommender(VisibleWhen.is(TYPE, "x509"))
        .doc("The PEM file of the private key, if it is not in the file of the certificate.")
        .addTo(definition);
    Option.of(CERT_PASSWORD, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Password of the private key")
        .recommender(VisibleWhen.is(TYPE, "x509"))
        .doc("The password of the private key or of the PKCS#12 file.")
        .addTo(definition);
  }

  /**
   * What the keys say.
   *
   * @throws ConfigException when one is missing
   */
  public IdentitySettings settings() {
    AuthType type = Choice.get(config, TYPE, AuthType.class);
    Optional<String> username = FileKeys.text(config, USERNAME);
    Optional<Password> password = Optional.ofNullable(config.getPassword(PASSWORD));
    Optional<KeyFiles> certificate =
        FileKeys.keyFiles(config, CERT_FILE, CERT_KEY_FILE, CERT_PASSWORD);
    if (type == AuthType.USERNAME && username.isEmpty()) {
      throw new ConfigException(
          USERNAME, null, "is missing: " + TYPE + "=username needs a user name");
    }
    if (type == AuthType.X509 && certificate.isEmpty()) {
      throw new ConfigException(
          CERT_FILE, null, "is missing: " + TYPE + "=x509 needs a certificate of the user");
    }
    if (type == AuthType.ANONYMOUS && username.isPresent()) {
      throw new ConfigException(
          USERNAME, null, "is set, but " + TYPE + " is anonymous; set that to username");
    }
    return new IdentitySettings(type, username, password, certificate);
  }
}
