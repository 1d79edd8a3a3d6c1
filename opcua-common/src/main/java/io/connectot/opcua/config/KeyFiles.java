// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * The files of a certificate and its private key.
 *
 * @param key the configuration key that names the certificate, for messages
 * @param certificate PEM with the chain, DER, or PKCS#12 with chain and private key
 * @param privateKey PEM; empty if the certificate's file contains it
 * @param password of the private key or of the PKCS#12 file
 */
public record KeyFiles(
    String key, Path certificate, Optional<Path> privateKey, Optional<Password> password) {
  /**
   * The files that three keys name; empty if no certificate is configured.
   *
   * @throws ConfigException when a private key is configured, but no certificate
   */
  static Optional<KeyFiles> of(
      Configuration config,
      Key<Optional<Path>> certificate,
      Key<Optional<Path>> privateKey,
      Key<Optional<Password>> password) {
    Optional<Path> keyFile = config.get(privateKey);
    Optional<Path> file = config.get(certificate);
    if (file.isEmpty() && keyFile.isPresent()) {
      throw config.error(certificate, "is missing, but " + privateKey + " is set");
    }
    return file.map(path -> new KeyFiles(certificate.name(), path, keyFile, config.get(password)));
  }
}
