// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

import io.connectot.core.model.ValueType;

/** The elementary types of IEC 61131-3 in PLC4X, and {@link #UNKNOWN}. */
public enum PlcType {
  /** The type is unknown until a value is read. */
  UNKNOWN(ValueType.UNKNOWN),
  BOOL(ValueType.BOOLEAN),
  BYTE(ValueType.UINT8),
  WORD(ValueType.UINT16),
  DWORD(ValueType.UINT32),
  LWORD(ValueType.UINT64),
  USINT(ValueType.UINT8),
  UINT(ValueType.UINT16),
  UDINT(ValueType.UINT32),
  ULINT(ValueType.UINT64),
  SINT(ValueType.INT8),
  INT(ValueType.INT16),
  DINT(ValueType.INT32),
  LINT(ValueType.INT64),
  REAL(ValueType.FLOAT32),
  LREAL(ValueType.FLOAT64),
  CHAR(ValueType.STRING),
  WCHAR(ValueType.STRING),
  STRING(ValueType.STRING),
  WSTRING(ValueType.STRING),
  TIME(ValueType.INT64),
  LTIME(ValueType.INT64),
  DATE(ValueType.DATETIME),
  LDATE(ValueType.DATETIME),
  TIME_OF_DAY(ValueType.STRING),
  LTIME_OF_DAY(ValueType.STRING),
  DATE_AND_TIME(ValueType.DATETIME),
  DATE_AND_LTIME(ValueType.DATETIME),
  LDATE_AND_TIME(ValueType.DATETIME),
  STRUCT(ValueType.JSON),
  LIST(ValueType.JSON),
  RAW_BYTE_ARRAY(ValueType.BYTES);

  private final ValueType valueType;

  PlcType(ValueType valueType) {
    this.valueType = valueType;
  }

  /** The type of a single value of this type in a record. */
  public ValueType valueType() {
    return valueType;
  }

  /** The type of a tag in a record: several bytes are BYTES, several other values an array. */
  public ValueType tagType(boolean array) {
    if (!array) {
      return valueType;
    }
    return this == BYTE || this == RAW_BYTE_ARRAY ? ValueType.BYTES : ValueType.JSON;
  }
}
