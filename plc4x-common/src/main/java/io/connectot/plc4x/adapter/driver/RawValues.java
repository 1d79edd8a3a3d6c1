// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.plc4x.java.api.types.PlcValueType;
import org.apache.plc4x.java.api.value.PlcValue;

/** Converts PLC4X values to {@link RawValue}s. */
final class RawValues {
  private static final RawValue NOTHING = new RawValue(PlcType.UNKNOWN, null);

  private RawValues() {}

  static RawValue of(PlcValue value) {
    if (value == null) {
      return NOTHING;
    }
    PlcValueType type = value.getPlcValueType();
    if (value.isStruct()) {
      Map<String, RawValue> fields = new LinkedHashMap<>();
      value.getStruct().forEach((name, field) -> fields.put(name, of(field)));
      return new RawValue(PlcType.STRUCT, fields);
    }
    if (type == PlcValueType.RAW_BYTE_ARRAY) {
      return new RawValue(PlcType.RAW_BYTE_ARRAY, value.getRaw());
    }
    if (value.isList()) {
      List<? extends PlcValue> list = value.getList();
      List<RawValue> elements = new ArrayList<>(list.size());
      for (PlcValue element : list) {
        elements.add(of(element));
      }
      return new RawValue(PlcType.LIST, elements);
    }
    if (type == null || type == PlcValueType.NULL) {
      return NOTHING;
    }
    return new RawValue(AddressParsers.type(type), value.getObject());
  }
}
