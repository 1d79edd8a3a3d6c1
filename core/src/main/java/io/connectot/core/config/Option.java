// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * One configuration key on its way into a {@link ConfigDef}. Exists because the definition's own
 * method takes twelve arguments by position, and because the order in a group follows from the
 * order of definition. For one thread.
 */
public final class Option {
  private final String name;
  private final ConfigDef.Type type;
  private Object defaultValue = ConfigDef.NO_DEFAULT_VALUE;
  private Validator validator;
  private Recommender recommender;
  private Importance importance = Importance.MEDIUM;
  private Width width = Width.MEDIUM;
  private String group = "Common";
  private String displayName;
  private String documentation = "";
  private List<String> dependents = List.of();

  private Option(String name, ConfigDef.Type type) {
    this.name = name;
    this.type = type;
    this.displayName = name;
  }

  /** A key that must be set unless {@link #defaultValue} says otherwise. */
  public static Option of(String name, ConfigDef.Type type) {
    return new Option(name, type);
  }

  /** A key for one of an enum's values, written in lower case. */
  public static <T extends Enum<T>> Option choice(String name, Class<T> values, T defaultValue) {
    Choice<T> choice = Choice.of(values);
    return new Option(name, ConfigDef.Type.STRING)
        .defaultValue(choice.text(defaultValue))
        .validator(choice)
        .recommender(choice)
        .width(Width.SHORT);
  }

  /**
   * @param value the value when the key is absent; null for none
   */
  public Option defaultValue(Object value) {
    this.defaultValue = value;
    return this;
  }

  /** What values are allowed; its {@code toString} is printed in the documentation. */
  public Option validator(Validator value) {
    this.validator = value;
    return this;
  }

  /** Which values there are, and whether the key matters. */
  public Option recommender(Recommender value) {
    this.recommender = value;
    return this;
  }

  public Option importance(Importance value) {
    this.importance = value;
    return this;
  }

  public Option width(Width value) {
    this.width = value;
    return this;
  }

  public Option group(String value) {
    this.group = value;
    return this;
  }

  public Option displayName(String value) {
    this.displayName = value;
    return this;
  }

  /** What the key does, with the unit of its value. */
  public Option doc(String value) {
    this.documentation = value;
    return this;
  }

  /** The keys whose visibility depends on this one. */
  public Option dependents(String... names) {
    this.dependents = List.of(names);
    return this;
  }

  /** Defines the key, as the last one of its group. */
  public void addTo(ConfigDef definition) {
    int order = 1;
    for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
      if (group.equals(key.group)) {
        order++;
      }
    }
    definition.define(
        name,
        type,
        defaultValue,
        validator,
        importance,
        documentation,
        group,
        order,
        width,
        displayName,
        dependents,
        recommender);
  }
}
