// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named properties, in the order in which they were sent. Immutable.
 *
 * @param values the properties by key
 */
public record PropertySet(Map<String, PropertyValue> values) implements Properties {
  /** No properties. */
  public static final PropertySet EMPTY = new PropertySet(Map.of());

  public PropertySet {
    values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The property with this key; null when there is none. */
  public PropertyValue get(String key) {
    return values.get(key);
  }

  /** Whether there are no properties. */
  public boolean isEmpty() {
    return values.isEmpty();
  }
}
