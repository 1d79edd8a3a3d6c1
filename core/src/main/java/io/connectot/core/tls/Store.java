// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/** The two stores and their keys. */
@SuppressWarnings("ImmutableEnumChecker") // Keys are immutable.
enum Store {
  TRUST(
      TlsConfig.TRUSTSTORE,
      TlsConfig.TRUSTSTORE_PASSWORD,
      TlsConfig.TRUSTSTORE_TYPE,
      TlsConfig.TRUSTED_CERTIFICATES),
  KEY(
      TlsConfig.KEYSTORE,
      TlsConfig.KEYSTORE_PASSWORD,
      TlsConfig.KEYSTORE_TYPE,
      TlsConfig.CERTIFICATE_CHAIN);

  final Key<Optional<String>> location;
  final Key<Optional<Password>> password;
  final Key<Optional<String>> type;

  /** The certificates in PEM form. */
  final Key<Optional<Password>> certificates;

  Store(
      Key<Optional<String>> location,
      Key<Optional<Password>> password,
      Key<Optional<String>> type,
      Key<Optional<Password>> certificates) {
    this.location = location;
    this.password = password;
    this.type = type;
    this.certificates = certificates;
  }

  /** Whether the store is configured. */
  boolean isSet(Configuration config) {
    return config.get(location).isPresent() || config.get(certificates).isPresent();
  }

  /** The type of the store: the one configured, else the one that its form suggests. */
  String typeIn(Configuration config) {
    return config.get(type).orElseGet(() -> guess(config));
  }

  private String guess(Configuration config) {
    if (config.get(certificates).isPresent() || (this == KEY && hasPrivateKey(config))) {
      return "PEM";
    }
    String file = config.get(location).orElse("").toLowerCase(Locale.ROOT);
    if (file.endsWith(".pem") || file.endsWith(".crt") || file.endsWith(".cer")) {
      return "PEM";
    }
    return file.endsWith(".p12") || file.endsWith(".pfx") ? "PKCS12" : "JKS";
  }

  /** Whether the private key is given beside its certificate, as only PEM has it. */
  private static boolean hasPrivateKey(Configuration config) {
    return config.get(TlsConfig.PRIVATE_KEY).isPresent()
        || config.get(TlsConfig.PRIVATE_KEY_FILE).isPresent();
  }
}
