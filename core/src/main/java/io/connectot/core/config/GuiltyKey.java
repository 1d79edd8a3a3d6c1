// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.Collection;
import org.apache.kafka.common.config.ConfigException;

/** Finds the key that an exception is about. */
final class GuiltyKey {
  /** What a {@link ConfigException} says between a wrong value and its key. */
  private static final String WRONG_VALUE = " for configuration ";

  private GuiltyKey() {}

  /**
   * The key an exception's message is about: the one after Kafka's own words for a wrong value,
   * else the first it names, as the remedy may name others.
   *
   * @param keys those that there are
   * @param otherwise the key when the message names none
   */
  static String of(ConfigException exception, Collection<String> keys, String otherwise) {
    String text = exception.getMessage() == null ? "" : exception.getMessage();
    String guilty = otherwise;
    int first = Integer.MAX_VALUE;
    for (String key : keys) {
      if (text.contains(WRONG_VALUE + key + ":")) {
        return key;
      }
      int at = mention(text, key);
      if (at >= 0 && at < first) {
        guilty = key;
        first = at;
      }
    }
    return guilty;
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
}
