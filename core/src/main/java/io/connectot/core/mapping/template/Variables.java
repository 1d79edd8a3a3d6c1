// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

/**
 * The values of a template's variables.
 *
 * <p>A protocol whose topics know more variables than device and tag implements this in its {@link
 * io.connectot.core.model.Tag#address() tag address} or {@link
 * io.connectot.core.model.Device#settings() device settings}.
 */
@FunctionalInterface
public interface Variables {
  /** Knows none. */
  Variables NONE = name -> null;

  /** The value of a variable; null when this source does not have it. */
  String value(String name);

  /** These values, and {@code other}'s for what these do not have. */
  default Variables or(Variables other) {
    return name -> {
      String value = value(name);
      return value != null ? value : other.value(name);
    };
  }
}
