// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.util.Locale;

/** The type of a value as the record's {@code type} field names it. */
public enum ValueType {
  BOOLEAN,
  INT8,
  UINT8,
  INT16,
  UINT16,
  INT32,
  UINT32,
  INT64,
  UINT64,
  FLOAT32,
  FLOAT64,
  STRING,
  BYTES,
  /** An instant. */
  DATETIME,
  /** An array, matrix or structure; in the normalized record its exact JSON text. */
  JSON,
  /** Not known: the tag has no configured type and could not be read. */
  UNKNOWN;

  /** Whether values of this type are numbers and so can be scaled and take a deadband. */
  public boolean isNumeric() {
    return isInteger() || this == FLOAT32 || this == FLOAT64;
  }

  /** Whether values of this type are numbers, or may turn out to be. */
  public boolean mayBeNumeric() {
    return isNumeric() || this == UNKNOWN;
  }

  /** Whether values of this type are whole numbers. */
  public boolean isInteger() {
    return switch (this) {
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> true;
      default -> false;
    };
  }

  /** The name as automation engineers write it in a tag line, e.g. {@code float32}. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
