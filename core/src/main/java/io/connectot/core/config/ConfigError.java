// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.Collection;
import org.apache.kafka.common.config.ConfigException;

/**
 * Why a configuration cannot work.
 *
 * @param key the configuration key to change, e.g. {@code tags.temperature} or {@code tags.file}
 * @param message what is wrong and what to write instead, without the key and without secrets
 */
public record ConfigError(String key, String message) {
  /** What Kafka writes between an invalid value and its key. */
  private static final String INVALID_VALUE = " for configuration ";

  /** Blames a key of the connector's definition. */
  public ConfigError(Key<?> key, String message) {
    this(key.name(), message);
  }

  /**
   * Blames the key that the message of an exception is about: the one after Kafka's own words for
   * an invalid value, else the first it names, as the remedy may name others.
   *
   * @param keys the keys of the connector
   * @param fallback the key if the message names none
   */
  public static ConfigError of(
      ConfigException exception, Collection<String> keys, String fallback) {
    String text = exception.getMessage() == null ? "" : exception.getMessage();
    String guilty = fallback;
    int first = Integer.MAX_VALUE;
    for (String key : keys) {
      if (text.contains(INVALID_VALUE + key + ":")) {
        return new ConfigError(key, exception.getMessage());
      }
      int at = mention(text, key);
      if (at >= 0 && at < first) {
        guilty = key;
        first = at;
      }
    }
    return new ConfigError(guilty, exception.getMessage());
  }

  /** Where a message mentions a key, which may be part of another key; -1 if it does not. */
  private static int mention(String message, String key) {
    int at = message.indexOf(key);
    while (at >= 0) {
      int end = at + key.length();
      boolean startsWord = at == 0 || !isKeyCharacter(message.charAt(at - 1));
      // A dot also ends a sentence.
      boolean endsWord =
          end == message.length()
              || !isKeyCharacter(message.charAt(end))
              || (message.charAt(end) == '.'
                  && (end + 1 == message.length() || message.charAt(end + 1) == ' '));
      if (startsWord && endsWord) {
        return at;
      }
      at = message.indexOf(key, at + 1);
    }
    return -1;
  }

  private static boolean isKeyCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
  }

  /** The message with its key, as an operator reads it. */
  @Override
  public String toString() {
    return key + ": " + message;
  }
}
