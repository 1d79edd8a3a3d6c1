// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import java.util.List;

/** Several sets of properties as one value. Immutable. */
public record PropertySetList(List<PropertySet> sets) implements Properties {
  public PropertySetList {
    sets = List.copyOf(sets);
  }
}
