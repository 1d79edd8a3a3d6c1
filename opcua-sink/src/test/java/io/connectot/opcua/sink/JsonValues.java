// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as the reader of commands makes them of JSON. */
final class JsonValues {
  private JsonValues() {}

  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  static Value value(Object object) {
    if (object == null) {
      return NullValue.NULL;
    } else if (object instanceof Value value) {
      return value;
    } else if (object instanceof Map<?, ?> map) {
      Map<String, Value> fields = new LinkedHashMap<>();
      map.forEach((name, field) -> fields.put((String) name, value(field)));
      return new StructValue("", fields);
    } else if (object instanceof List<?> list) {
      return new ArrayValue(ValueType.UNKNOWN, list.stream().map(JsonValues::value).toList());
    } else if (object instanceof Boolean flag) {
      return BooleanValue.of(flag);
    } else if (object instanceof Double number) {
      return new DoubleValue(number);
    }
    return object instanceof Number number
        ? new LongValue(number.longValue())
        : new TextValue((String) object);
  }
}
