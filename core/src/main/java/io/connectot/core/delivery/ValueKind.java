// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** What converters tell apart. */
enum ValueKind {
  STRUCT("structures"),
  TEXT("text"),
  BYTES("bytes"),
  NUMBER("numbers"),
  BOOLEAN("booleans"),
  MAP("maps without a schema"),
  LIST("lists"),
  TIME("times"),
  OTHER("values");

  private final String description;

  ValueKind(String description) {
    this.description = description;
  }

  /**
   * @param value not null
   */
  static ValueKind of(Object value) {
    if (value instanceof Struct) {
      return STRUCT;
    } else if (value instanceof String) {
      return TEXT;
    } else if (value instanceof byte[]) {
      return BYTES;
    } else if (value instanceof Number) {
      return NUMBER;
    } else if (value instanceof Boolean) {
      return BOOLEAN;
    } else if (value instanceof Map) {
      return MAP;
    } else if (value instanceof List) {
      return LIST;
    }
    return value instanceof Date ? TIME : OTHER;
  }

  /** For messages. */
  @Override
  public String toString() {
    return description;
  }
}
