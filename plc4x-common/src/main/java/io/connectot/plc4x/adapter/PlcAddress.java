// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.plc4x.value.PlcType;

/**
 * A parsed address.
 *
 * @param text as configured
 * @param type the type of the value or of the elements of an array
 * @param array whether it addresses several values
 * @param parsed the driver's own object; null when the driver parses addresses on a connection only
 */
public record PlcAddress(String text, PlcType type, boolean array, Object parsed) {
  @Override
  public String toString() {
    return text;
  }
}
