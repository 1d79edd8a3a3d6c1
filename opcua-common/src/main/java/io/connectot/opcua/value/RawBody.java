// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A structure that cannot be read: its type and its bytes, so that a consumer can read it. */
final class RawBody {
  private static final String NAME = "UndecodedStructure";
  private static final String REASON = "reason";

  private RawBody() {}

  /**
   * The value of a structure that cannot be read.
   *
   * @param typeId the id of its type or encoding
   * @param reason why it cannot be read, for an operator
   */
  static Value of(String typeId, byte[] body, String reason) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("type_id", new TextValue(typeId));
    fields.put("body", new TextValue(Base64.getEncoder().encodeToString(body)));
    fields.put(REASON, new TextValue(reason));
    return new StructValue(NAME, fields);
  }

  /** Why a value or an element of it could not be read; null if everything was read. */
  static String reasonIn(Value value) {
    if (value instanceof StructValue struct) {
      if (struct.typeName().equals(NAME) && struct.fields().get(REASON) instanceof TextValue text) {
        return text.value();
      }
      return first(struct.fields().values());
    }
    return value instanceof ArrayValue array && mayHaveStructures(array)
        ? first(array.elements())
        : null;
  }

  private static boolean mayHaveStructures(ArrayValue array) {
    return !array.elements().isEmpty() && array.elementType() == ValueType.JSON;
  }

  private static String first(Iterable<Value> values) {
    for (Value value : values) {
      String reason = reasonIn(value);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }
}
