// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import org.apache.kafka.connect.data.Schema;

/** Writes the values of one schema, null included. Immutable. */
final class NullableWriter {
  private final ValueWriter values;
  private final Object defaultValue;
  private final boolean optional;

  NullableWriter(Schema schema, boolean replaceNullWithDefault, ValueWriter values) {
    this.values = values;
    this.defaultValue = replaceNullWithDefault ? schema.defaultValue() : null;
    this.optional = schema.isOptional();
  }

  void write(Object value, JsonOutput out) {
    if (value != null) {
      values.write(value, out);
    } else if (defaultValue != null) {
      values.write(defaultValue, out);
    } else if (optional) {
      out.writeNull();
    } else {
      throw new UnsupportedValueException();
    }
  }

  /** Returns true if null is written as {@code null}. */
  boolean writesNull() {
    return defaultValue == null && optional;
  }
}
