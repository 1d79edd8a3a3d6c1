// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.value;

import io.connectot.core.model.ValueType;
import io.connectot.sparkplug.payload.DataType;

/** The types of values by the types of metrics. */
public final class ValueTypes {
  private ValueTypes() {}

  /** The type as the {@code type} of a record names it. */
  public static ValueType of(DataType type) {
    return switch (type) {
      case UNKNOWN -> ValueType.UNKNOWN;
      case INT8 -> ValueType.INT8;
      case INT16 -> ValueType.INT16;
      case INT32 -> ValueType.INT32;
      case INT64 -> ValueType.INT64;
      case UINT8 -> ValueType.UINT8;
      case UINT16 -> ValueType.UINT16;
      case UINT32 -> ValueType.UINT32;
      case UINT64 -> ValueType.UINT64;
      case FLOAT -> ValueType.FLOAT32;
      case DOUBLE -> ValueType.FLOAT64;
      case BOOLEAN -> ValueType.BOOLEAN;
      case STRING, TEXT, UUID -> ValueType.STRING;
      case DATETIME -> ValueType.DATETIME;
      case BYTES, FILE -> ValueType.BYTES;
      default -> ValueType.JSON;
    };
  }
}
