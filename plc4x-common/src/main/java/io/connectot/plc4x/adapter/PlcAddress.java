// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.plc4x.value.PlcType;

/**
 * An address that a driver has read.
 *
 * @param text as written
 * @param type the type of a value or, of an array, of its elements
 * @param array whether it names several values
 * @param parsed what the driver made of it; null when it reads addresses on a connection only
 */
public record PlcAddress(String text, PlcType type, boolean array, Object parsed) {
  @Override
  public String toString() {
    return text;
  }
}
