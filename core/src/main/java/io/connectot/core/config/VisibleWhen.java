// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Hides a key unless another key has a certain value. The other key has to name this one among its
 * {@link Option#dependents}.
 */
public final class VisibleWhen implements ConfigDef.Recommender {
  private final String otherKey;
  private final String value;
  private final boolean equal;

  private VisibleWhen(String otherKey, String value, boolean equal) {
    this.otherKey = otherKey;
    this.value = value.toLowerCase(Locale.ROOT);
    this.equal = equal;
  }

  /** Shows the key when {@code otherKey} is {@code value}, whatever its case. */
  public static VisibleWhen is(String otherKey, String value) {
    return new VisibleWhen(otherKey, value, true);
  }

  /** Shows the key when {@code otherKey} is not {@code value}, whatever its case. */
  public static VisibleWhen isNot(String otherKey, String value) {
    return new VisibleWhen(otherKey, value, false);
  }

  /** Hides the key as this does, and offers the values that another recommender has. */
  public ConfigDef.Recommender offering(ConfigDef.Recommender values) {
    return new ConfigDef.Recommender() {
      @Override
      public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
        return values.validValues(name, parsedConfig);
      }

      @Override
      public boolean visible(String name, Map<String, Object> parsedConfig) {
        return VisibleWhen.this.visible(name, parsedConfig);
      }
    };
  }

  @Override
  public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
    return List.of();
  }

  @Override
  public boolean visible(String name, Map<String, Object> parsedConfig) {
    Object actual = parsedConfig.get(otherKey);
    boolean matches = actual != null && actual.toString().toLowerCase(Locale.ROOT).equals(value);
    return matches == equal;
  }
}
