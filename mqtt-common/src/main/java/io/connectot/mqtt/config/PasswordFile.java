// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.config;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.kafka.common.config.types.Password;

/** A file with a password, which may change while the connector runs. */
final class PasswordFile {
  /** The status of a connection that fails because of the file. */
  static final String STATUS = "PASSWORD_FILE";

  /** No broker takes longer passwords. */
  private static final int MAX_BYTES = 65_535;

  private PasswordFile() {}

  /**
   * Reads the password: the content of the file without line ends after it.
   *
   * @throws ProtocolException when it cannot be read, with the remedy
   */
  static Password read(Path file) throws ProtocolException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw failure(file, "is longer than the " + MAX_BYTES + " bytes of a password", null);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      int end = text.length();
      while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
        end--;
      }
      return new Password(text.substring(0, end));
    } catch (NoSuchFileException e) {
      throw failure(file, "does not exist on this worker", e);
    } catch (IOException e) {
      throw failure(file, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static ProtocolException failure(Path file, String problem, Throwable cause) {
    return new ProtocolException(
        Kind.CONFIGURATION,
        Scope.CONNECTION,
        STATUS,
        MqttConnectionConfig.PASSWORD_FILE
            + "="
            + file
            + " "
            + problem
            + "; correct the path or the file, which the worker's user must be able to read",
        cause);
  }
}
