// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** Keys in the order in which they are defined. Immutable. */
public final class Keys {
  private final List<Key<?>> list;

  private Keys(Stream<Key<?>> keys) {
    this.list = keys.toList();
  }

  /** The keys of a group of the user interface and the documentation. */
  public static Keys group(String name, Key<?>... keys) {
    return new Keys(Arrays.stream(keys).map(key -> key.group(name)));
  }

  /** All keys of several groups. */
  public static Keys of(Keys... parts) {
    return new Keys(Arrays.stream(parts).flatMap(part -> part.list.stream()));
  }

  /** These keys, with one replaced by a variant of it in the same group. */
  public Keys with(Key<?> variant) {
    return new Keys(
        list.stream().map(key -> isSame(key, variant) ? variant.group(key.group()) : key));
  }

  /** These keys without one. */
  public Keys without(Key<?> excluded) {
    return new Keys(list.stream().filter(key -> !isSame(key, excluded)));
  }

  private static boolean isSame(Key<?> one, Key<?> other) {
    return one.name().equals(other.name());
  }

  /** The names. */
  public List<String> names() {
    return list.stream().map(Key::name).toList();
  }

  /** A definition of these keys. */
  public ConfigDef definition() {
    return addTo(new ConfigDef());
  }

  /**
   * Adds the keys to a definition, each as the last one of its group.
   *
   * @throws IllegalArgumentException when a key depends on one that is not among these
   */
  public ConfigDef addTo(ConfigDef definition) {
    List<String> names = names();
    for (Key<?> key : list) {
      if (!names.containsAll(key.dependencies())) {
        throw new IllegalArgumentException(
            key + " depends on " + key.dependencies() + ", which have to be defined with it");
      }
      key.addTo(definition, order(definition, key.group()), dependents(key));
    }
    return definition;
  }

  private static int order(ConfigDef definition, String group) {
    int others =
        (int)
            definition.configKeys().values().stream()
                .filter(key -> group.equals(key.group))
                .count();
    return others + 1;
  }

  private List<String> dependents(Key<?> key) {
    return list.stream()
        .filter(other -> other.dependencies().contains(key.name()))
        .map(Key::name)
        .toList();
  }
}
