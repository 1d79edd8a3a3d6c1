// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

/** Writes the non-null values of one type. Immutable. */
@FunctionalInterface
interface ValueWriter {
  /**
   * Writes a value.
   *
   * @throws UnsupportedValueException if Kafka's converter has to convert it
   * @throws RuntimeException if the value does not fit the type
   */
  void write(Object value, JsonOutput out);
}
