// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import io.connectot.plc4x.value.PlcType;
import java.util.HashMap;
import java.util.Map;

/**
 * The memory layout of a data type in an S7 controller. Numbers are big-endian.
 *
 * <p>Only types whose size is in the address; timers, counters and strings without a length are
 * read by the driver.
 */
enum S7Type {
  BOOL(PlcType.BOOL, 0),
  BYTE(PlcType.BYTE, 1),
  WORD(PlcType.WORD, 2),
  DWORD(PlcType.DWORD, 4),
  LWORD(PlcType.LWORD, 8),
  SINT(PlcType.SINT, 1),
  USINT(PlcType.USINT, 1),
  INT(PlcType.INT, 2),
  UINT(PlcType.UINT, 2),
  DINT(PlcType.DINT, 4),
  UDINT(PlcType.UDINT, 4),
  LINT(PlcType.LINT, 8),
  ULINT(PlcType.ULINT, 8),
  REAL(PlcType.REAL, 4),
  LREAL(PlcType.LREAL, 8),
  CHAR(PlcType.CHAR, 1),
  WCHAR(PlcType.WCHAR, 2),
  STRING(PlcType.STRING, 0),
  WSTRING(PlcType.WSTRING, 0),
  S5TIME(PlcType.TIME, 2),
  TIME(PlcType.TIME, 4),
  LTIME(PlcType.LTIME, 8),
  DATE(PlcType.DATE, 2),
  TIME_OF_DAY(PlcType.TIME_OF_DAY, 4),
  LTIME_OF_DAY(PlcType.LTIME_OF_DAY, 8),
  DATE_AND_TIME(PlcType.DATE_AND_TIME, 8),
  DATE_AND_LTIME(PlcType.DATE_AND_LTIME, 8),
  DTL(PlcType.DATE_AND_LTIME, 12);

  private static final Map<String, S7Type> BY_NAME = new HashMap<>();

  static {
    for (S7Type type : values()) {
      BY_NAME.put(type.name(), type);
    }
    BY_NAME.put("RAW_BYTE_ARRAY", BYTE);
    BY_NAME.put("TOD", TIME_OF_DAY);
    BY_NAME.put("LTOD", LTIME_OF_DAY);
    BY_NAME.put("DT", DATE_AND_TIME);
    BY_NAME.put("LDT", DATE_AND_LTIME);
  }

  private final PlcType plcType;
  private final int bytes;

  S7Type(PlcType plcType, int bytes) {
    this.plcType = plcType;
    this.bytes = bytes;
  }

  /** The type with a name as in addresses; null when there is none. */
  static S7Type named(String name) {
    return BY_NAME.get(name);
  }

  PlcType plcType() {
    return plcType;
  }

  boolean isText() {
    return this == STRING || this == WSTRING;
  }

  /**
   * The number of bytes of one value in an array, where strings start at even addresses.
   *
   * @param length the maximum length of a string; ignored for other types
   */
  int stride(int length) {
    return switch (this) {
      case STRING -> (2 + length + 1) / 2 * 2;
      case WSTRING -> 4 + 2 * length;
      default -> bytes;
    };
  }

  /** The number of bytes of a single value. */
  int size(int length) {
    return this == STRING ? 2 + length : stride(length);
  }
}
