// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import io.connectot.core.spi.line.LineException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the four tables of a Modbus device, each read by its own function code: Modbus Application
 * Protocol V1.1b3 §4.3 and §6.1 to §6.4.
 */
public enum ModbusTable {
  /** Single bits that can be written: {@code 0xxxx}, function code 1. */
  COIL(1, "coil", 0, 2000),
  /** Single bits that can only be read: {@code 1xxxx}, function code 2. */
  DISCRETE_INPUT(2, "discrete", 1, 2000),
  /** 16-bit registers that can be written: {@code 4xxxx}, function code 3. */
  HOLDING_REGISTER(3, "holding", 4, 125),
  /** 16-bit registers that can only be read: {@code 3xxxx}, function code 4. */
  INPUT_REGISTER(4, "input", 3, 125);

  private static final Pattern FUNCTION = Pattern.compile("(?<![1-9])0*([1-4])(?![0-9])");

  private final int functionCode;
  private final String configName;
  private final int modiconDigit;
  private final int maxQuantity;

  ModbusTable(int functionCode, String configName, int modiconDigit, int maxQuantity) {
    this.functionCode = functionCode;
    this.configName = configName;
    this.modiconDigit = modiconDigit;
    this.maxQuantity = maxQuantity;
  }

  /**
   * Parses a table as register tables of vendors name it: {@code holding}, {@code Input Register},
   * {@code 3}, {@code FC04}, {@code 03H}, {@code 3/16}.
   *
   * @throws LineException when it names none
   */
  public static ModbusTable parse(String text) throws LineException {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("input status")) {
      return DISCRETE_INPUT;
    }
    for (ModbusTable table : List.of(HOLDING_REGISTER, DISCRETE_INPUT, INPUT_REGISTER, COIL)) {
      if (lower.contains(table.configName)) {
        return table;
      }
    }
    for (ModbusTable table : values()) {
      if (table.initials().equals(lower)) {
        return table;
      }
    }
    Matcher function = FUNCTION.matcher(lower);
    if (function.find()) {
      int code = Integer.parseInt(function.group(1));
      for (ModbusTable table : values()) {
        if (table.functionCode == code) {
          return table;
        }
      }
    }
    throw new LineException(
        "table="
            + text
            + ": must be coil, discrete, holding or input, or the function code that reads it, 1"
            + " to 4");
  }

  private String initials() {
    return switch (this) {
      case COIL -> "co";
      case DISCRETE_INPUT -> "di";
      case HOLDING_REGISTER -> "hr";
      case INPUT_REGISTER -> "ir";
    };
  }

  /** The function code that reads it. */
  public int functionCode() {
    return functionCode;
  }

  /** The table's name in tag lines, e.g. {@code holding}. */
  public String configName() {
    return configName;
  }

  /** The first digit of its addresses in Modicon's notation, e.g. 4 in {@code 400101}. */
  public int modiconDigit() {
    return modiconDigit;
  }

  /** The most bits or registers in one request. */
  public int maxQuantity() {
    return maxQuantity;
  }

  /** Whether it contains 16-bit registers; otherwise bits. */
  public boolean isRegister() {
    return this == HOLDING_REGISTER || this == INPUT_REGISTER;
  }
}
