// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of coils and registers. */
public enum ModbusType {
  /** A coil or discrete input; a bit of a register; a register, true unless 0. */
  BOOL(1, ValueType.BOOLEAN),
  /** One bit of a register, named by the address or by {@code bit=}. */
  BIT(1, ValueType.BOOLEAN),
  /** The high byte of a register. */
  INT8H(1, ValueType.INT8),
  /** The low byte of a register. */
  INT8L(1, ValueType.INT8),
  /** The high byte of a register. */
  UINT8H(1, ValueType.UINT8),
  /** The low byte of a register. */
  UINT8L(1, ValueType.UINT8),
  INT16(1, ValueType.INT16),
  UINT16(1, ValueType.UINT16),
  INT32(2, ValueType.INT32),
  UINT32(2, ValueType.UINT32),
  /** Three registers. */
  INT48(3, ValueType.INT64),
  /** Three registers. */
  UINT48(3, ValueType.INT64),
  INT64(4, ValueType.INT64),
  UINT64(4, ValueType.UINT64),
  /** IEEE 754 binary16. */
  FLOAT16(1, ValueType.FLOAT32),
  /** IEEE 754 binary32. */
  FLOAT32(2, ValueType.FLOAT32),
  /** IEEE 754 binary64. */
  FLOAT64(4, ValueType.FLOAT64),
  /** Four decimal digits of four bits each. */
  BCD16(1, ValueType.UINT16),
  /** Eight decimal digits of four bits each. */
  BCD32(2, ValueType.UINT32),
  /** Two registers of four decimal digits each. */
  MOD10K32(2, ValueType.UINT32),
  /** Three registers of four decimal digits each. */
  MOD10K48(3, ValueType.INT64),
  /** Four registers of four decimal digits each. */
  MOD10K64(4, ValueType.INT64),
  /** Text; its length is an option. */
  STRING(0, ValueType.STRING),
  /** Raw bytes; their number is an option. */
  BYTES(0, ValueType.BYTES),
  /** An instant; its representation is an option, see {@link DateTimeFormat}. */
  DATETIME(0, ValueType.DATETIME);

  private final int registers;
  private final ValueType valueType;

  ModbusType(int registers, ValueType valueType) {
    this.registers = registers;
    this.valueType = valueType;
  }

  /** The number of registers of one value; 0 when options determine it. */
  public int registers() {
    return registers;
  }

  /** The type of a value in a record. */
  public ValueType valueType() {
    return valueType;
  }

  /** Whether it is a number, to which scaling and sentinels apply. */
  public boolean isNumber() {
    return valueType.isNumeric();
  }

  /** Whether it is a binary integer, whose single bits can be read. */
  public boolean isInteger() {
    return valueType.isInteger() && this != BCD16 && this != BCD32 && !isMod10k();
  }

  /** Whether it is an unsigned binary integer. */
  public boolean isUnsigned() {
    return isInteger() && name().startsWith("U");
  }

  /** Whether each register has four decimal digits. */
  public boolean isMod10k() {
    return this == MOD10K32 || this == MOD10K48 || this == MOD10K64;
  }

  /** Whether it is text or bytes. */
  public boolean isText() {
    return this == STRING || this == BYTES;
  }

  /** Whether it is one byte of a register. */
  public boolean isByte() {
    return valueType == ValueType.INT8 || valueType == ValueType.UINT8;
  }

  /** The number of bits of a number. */
  public int bits() {
    return isByte() ? 8 : 16 * registers;
  }

  /** The type's name in tag lines. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Parses the name of a type, or a name that vendors have for it.
   *
   * @throws LineException when there is no such type
   */
  public static ModbusType parse(String text) throws LineException {
    for (ModbusType type : values()) {
      if (type.name().equalsIgnoreCase(text)) {
        return type;
      }
    }
    Optional<ModbusType> alias = TypeAliases.find(text);
    if (alias.isPresent()) {
      return alias.get();
    }
    var names = Arrays.stream(values()).map(ModbusType::configName).toList();
    throw new LineException(
        "unknown type '"
            + text
            + "'"
            + Suggestion.of(text, names)
                .word()
                .map(word -> ", did you mean " + word + "?")
                .orElse("; it must be one of " + String.join(", ", names)));
  }
}
