// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import java.util.Locale;

/** The two stores, and what Kafka calls their keys. */
enum Store {
  TRUST("ssl.truststore.", "ssl.truststore.certificates"),
  KEY("ssl.keystore.", "ssl.keystore.certificate.chain");

  /** The key's own password. */
  static final String KEY_PASSWORD = "ssl.key.password";

  /** The private key in PEM form. */
  static final String PRIVATE_KEY = "ssl.keystore.key";

  private final String prefix;
  private final String certificates;

  Store(String prefix, String certificates) {
    this.prefix = prefix;
    this.certificates = certificates;
  }

  String location() {
    return prefix + "location";
  }

  String password() {
    return prefix + "password";
  }

  String type() {
    return prefix + "type";
  }

  /** The certificates in PEM form. */
  String certificates() {
    return certificates;
  }

  /** The type of the store: the one configured, else the one that its form suggests. */
  String typeIn(TlsConfig config) {
    return config.text(type()).map(type -> type.toUpperCase(Locale.ROOT)).orElse(guess(config));
  }

  private String guess(TlsConfig config) {
    if (config.secret(certificates).isPresent()) {
      return "PEM";
    }
    String file = config.text(location()).orElse("").toLowerCase(Locale.ROOT);
    if (file.endsWith(".pem") || file.endsWith(".crt") || file.endsWith(".cer")) {
      return "PEM";
    }
    return file.endsWith(".p12") || file.endsWith(".pfx") ? "PKCS12" : "JKS";
  }
}
