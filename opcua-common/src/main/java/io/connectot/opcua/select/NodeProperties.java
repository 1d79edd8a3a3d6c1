// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/**
 * Properties of a variable that define the meaning of its values (OPC UA Part 8 §5.3).
 *
 * @param unit the engineering unit's display name, e.g. {@code °C}
 * @param range EURange: between which values it normally is
 * @param labels what numbers stand for, by EnumStrings or EnumValues of the variable itself, which
 *     multi-state variables have; empty for none
 */
public record NodeProperties(
    Optional<String> unit, Optional<Range> range, Map<Long, String> labels) {
  /** No properties. */
  public static final NodeProperties NONE =
      new NodeProperties(Optional.empty(), Optional.empty(), Map.of());

  public NodeProperties {
    labels = Map.copyOf(labels);
  }
}
