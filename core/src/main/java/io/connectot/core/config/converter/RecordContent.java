// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.converter;

import io.connectot.core.model.ValueType;
import java.util.Optional;

/** What a connector makes of values, as far as it matters to converters. */
public enum RecordContent {
  TEXT("text"),
  /** A number or a boolean. */
  SCALAR("numbers and booleans"),
  TIME("times"),
  BYTES("bytes"),
  /** Maps and lists without a schema. */
  SCHEMALESS("maps and lists without a schema"),
  STRUCT("structures");

  private final String description;

  RecordContent(String description) {
    this.description = description;
  }

  /**
   * What the layout {@code value} makes of a type; empty where that depends on the value.
   *
   * @param type of a tag
   */
  public static Optional<RecordContent> of(ValueType type) {
    return switch (type) {
      case BOOLEAN, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, FLOAT32, FLOAT64 ->
          Optional.of(SCALAR);
      case STRING -> Optional.of(TEXT);
      case BYTES -> Optional.of(BYTES);
      case DATETIME -> Optional.of(TIME);
      default -> Optional.empty();
    };
  }

  /** For messages. */
  @Override
  public String toString() {
    return description;
  }
}
