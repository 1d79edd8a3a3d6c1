// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Reads keys that name files. */
final class FileKeys {
  private FileKeys() {}

  /** The text of a key that is set and not blank. */
  static Optional<String> text(AbstractConfig config, String key) {
    return Optional.ofNullable(config.getString(key)).map(String::trim).filter(t -> !t.isEmpty());
  }

  /** The path of a key that is set. */
  static Optional<Path> path(AbstractConfig config, String key) {
    Optional<String> text = text(config, key);
    try {
      return text.map(Path::of);
    } catch (InvalidPathException e) {
      throw new ConfigException(key, text.orElse(""), "is no path: " + e.getReason());
    }
  }

  /** A certificate and its key, if the certificate is set. */
  static Optional<KeyFiles> keyFiles(
      AbstractConfig config, String certificate, String privateKey, String password) {
    Optional<Path> keyFile = path(config, privateKey);
    Optional<Path> file = path(config, certificate);
    if (file.isEmpty() && keyFile.isPresent()) {
      throw new ConfigException(certificate, null, "is missing, but there is a " + privateKey);
    }
    return file.map(
        path ->
            new KeyFiles(
                certificate, path, keyFile, Optional.ofNullable(config.getPassword(password))));
  }
}
