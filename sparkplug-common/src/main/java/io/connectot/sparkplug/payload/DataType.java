// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import java.util.Locale;

/** The data types of metrics, properties, parameters and columns, by their number in a payload. */
public enum DataType {
  /** Not named by the payload, or a number that the specification does not define. */
  UNKNOWN(0),
  INT8(1),
  INT16(2),
  INT32(3),
  INT64(4),
  UINT8(5),
  UINT16(6),
  UINT32(7),
  UINT64(8),
  FLOAT(9),
  DOUBLE(10),
  BOOLEAN(11),
  STRING(12),
  DATETIME(13),
  TEXT(14),
  UUID(15),
  DATASET(16),
  BYTES(17),
  FILE(18),
  TEMPLATE(19),
  /** Only of properties. */
  PROPERTY_SET(20),
  /** Only of properties. */
  PROPERTY_SET_LIST(21),
  INT8_ARRAY(22, INT8),
  INT16_ARRAY(23, INT16),
  INT32_ARRAY(24, INT32),
  INT64_ARRAY(25, INT64),
  UINT8_ARRAY(26, UINT8),
  UINT16_ARRAY(27, UINT16),
  UINT32_ARRAY(28, UINT32),
  UINT64_ARRAY(29, UINT64),
  FLOAT_ARRAY(30, FLOAT),
  DOUBLE_ARRAY(31, DOUBLE),
  BOOLEAN_ARRAY(32, BOOLEAN),
  STRING_ARRAY(33, STRING),
  DATETIME_ARRAY(34, DATETIME);

  private static final DataType[] BY_CODE = values();

  private final int code;
  private final DataType elementType;

  DataType(int code) {
    this(code, null);
  }

  DataType(int code, DataType elementType) {
    this.code = code;
    this.elementType = elementType;
  }

  /** The type with this number; {@link #UNKNOWN} for a number that is not defined. */
  public static DataType of(int code) {
    return code < 0 || code >= BY_CODE.length ? UNKNOWN : BY_CODE[code];
  }

  /** Its number in a payload. */
  public int code() {
    return code;
  }

  /** The type of the elements of an array; null for all other types. */
  public DataType elementType() {
    return elementType;
  }

  /** Whether values are arrays. */
  public boolean isArray() {
    return elementType != null;
  }

  /** Whether values are whole numbers. */
  public boolean isInteger() {
    return code >= INT8.code && code <= UINT64.code;
  }

  /** The name as the specification writes it, e.g. {@code UInt64} or {@code DateTimeArray}. */
  public String specName() {
    if (isArray()) {
      return elementType.specName() + "Array";
    }
    return switch (this) {
      case UINT8, UINT16, UINT32, UINT64 -> "UInt" + name().substring(4);
      case DATETIME -> "DateTime";
      case UUID -> "UUID";
      case DATASET -> "DataSet";
      case PROPERTY_SET -> "PropertySet";
      case PROPERTY_SET_LIST -> "PropertySetList";
      default -> name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    };
  }
}
