// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The variables a template may use.
 *
 * @param names the names as error messages list them
 * @param more accepts names that follow a pattern, such as {@code topic[1]}
 */
public record Vocabulary(Set<String> names, Predicate<String> more) {
  /** What a record of a whole device has. */
  public static final Vocabulary DEVICE = of("device", "path", "protocol");

  /** What a record of one tag has. */
  public static final Vocabulary MEASUREMENT = of("device", "tag", "path", "protocol");

  public Vocabulary {
    names = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** Exactly these names. */
  public static Vocabulary of(String... names) {
    return new Vocabulary(new LinkedHashSet<>(java.util.List.of(names)), name -> false);
  }

  /**
   * This vocabulary and more.
   *
   * @param examples further names, and examples of what {@code pattern} accepts, for error messages
   * @param pattern accepts names beside those listed
   */
  public Vocabulary plus(Set<String> examples, Predicate<String> pattern) {
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(examples);
    return new Vocabulary(all, more.or(pattern));
  }

  /** Whether a template may use {@code name}. */
  public boolean knows(String name) {
    return names.contains(name) || more.test(name);
  }
}
