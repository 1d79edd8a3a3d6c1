// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.plc4x.value.PlcType;

/**
 * What can be written to an address.
 *
 * @param type the type of a value, or of the elements of an array
 * @param count the number of elements of an array; 0 for a single value
 * @param refusal why it cannot be written, and the remedy; null when it can
 */
public record TagShape(PlcType type, int count, String refusal) {
  /** An address that can be written. */
  public static TagShape of(PlcType type, int count) {
    return new TagShape(type, count, null);
  }

  /** An address that cannot be written. */
  public static TagShape refused(String refusal) {
    return new TagShape(PlcType.UNKNOWN, 0, refusal);
  }
}
