// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import io.connectot.core.spi.LineException;
import io.connectot.core.spi.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The values of an enum, as a configuration key offers and checks them. In a configuration they are
 * written in lower case with {@code -} for {@code _}; reading ignores case.
 *
 * @param <T> the enum
 */
public final class Choice<T extends Enum<T>> implements ConfigDef.Validator, ConfigDef.Recommender {
  private final Class<T> type;
  private final List<String> names;

  private Choice(Class<T> type) {
    this.type = type;
    this.names = Arrays.stream(type.getEnumConstants()).map(this::text).toList();
  }

  /** The values of {@code type}. */
  public static <T extends Enum<T>> Choice<T> of(Class<T> type) {
    return new Choice<>(type);
  }

  /**
   * The value a key is set to.
   *
   * @throws ConfigException when it is none of the enum's
   */
  public static <T extends Enum<T>> T get(AbstractConfig config, String key, Class<T> type) {
    return of(type).parse(key, config.getString(key));
  }

  /** How a value is written. */
  public String text(T value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private T parse(String key, String text) {
    try {
      return parse(text == null ? "" : text);
    } catch (LineException e) {
      throw new ConfigException(key, text, e.getMessage());
    }
  }

  /** The value that is written as {@code text}. */
  T parse(String text) throws LineException {
    for (T value : type.getEnumConstants()) {
      if (text(value).equals(normalize(text))) {
        return value;
      }
    }
    throw new LineException(
        "must be one of "
            + String.join(", ", names)
            + (text.isEmpty() ? "" : Suggestion.of(text, names).didYouMean()));
  }

  /** How the values are written. */
  List<String> names() {
    return names;
  }

  private static String normalize(String text) {
    return text.trim().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void ensureValid(String name, Object value) {
    parse(name, value == null ? null : value.toString());
  }

  @Override
  public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
    return List.copyOf(names);
  }

  @Override
  public boolean visible(String name, Map<String, Object> parsedConfig) {
    return true;
  }

  @Override
  public String toString() {
    return "one of " + String.join(", ", names);
  }
}
