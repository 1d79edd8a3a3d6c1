// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

/**
 * Why a configuration cannot work.
 *
 * @param key the configuration key to change, e.g. {@code tags.temperature} or {@code tags.file}
 * @param message what is wrong and what to write instead, without the key and without secrets
 */
public record ConfigError(String key, String message) {
  /** Blames a key of the connector's definition. */
  public ConfigError(Key<?> key, String message) {
    this(key.name(), message);
  }

  /** The message with its key, as an operator reads it. */
  @Override
  public String toString() {
    return key + ": " + message;
  }
}
