// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import io.connectot.core.spi.line.LineException;
import java.util.Locale;
import java.util.Optional;
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

  private static final Pattern FUNCTION = Pattern.compile("(?<![0-9])0*([1-4])(?![0-9])");

  /** {@code 4x}, {@code 3xxxx}, {@code 4x0001}; {@code 0x03} is a function code. */
  private static final Pattern MODICON =
      Pattern.compile("(?<![0-9a-z])(?:([134])x+[0-9]*|(0)x+)(?![0-9a-z])");

  private static final Pattern OUTPUT = Pattern.compile("(?:discrete|digital|binary).*output");

  /** Single bits; 16 bits are a register. */
  private static final Pattern INPUT_BIT =
      Pattern.compile("discrete|digital|binary|contact|status|(?<![0-9][ -]?)\\bbits?\\b");

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
   * {@code Digital input}, {@code 3}, {@code FC04}, {@code 03H}, {@code 3/16}, {@code 4x}.
   *
   * @throws LineException when it names none, or can be two
   */
  public static ModbusTable parse(String text) throws LineException {
    Optional<ModbusTable> word = ofWords(text);
    Optional<ModbusTable> digit = ofModiconDigits(text);
    if (word.isPresent() && digit.isPresent() && word.get() != digit.get()) {
      throw twoTables(text, word.get(), digit.get());
    }
    Optional<ModbusTable> table = word.or(() -> digit).or(() -> ofFunctionCode(text));
    return table.orElseThrow(
        () ->
            new LineException(
                "table="
                    + text
                    + ": must be coil, discrete, holding or input, or the function code that reads"
                    + " it, 1 to 4"));
  }

  private static Optional<ModbusTable> ofWords(String text) throws LineException {
    String lower = text.toLowerCase(Locale.ROOT);
    for (ModbusTable table : values()) {
      if (table.initials().equals(lower)) {
        return Optional.of(table);
      }
    }
    if (lower.contains("holding")) {
      return Optional.of(HOLDING_REGISTER);
    }
    boolean isInput = lower.contains("input");
    boolean isRegister = lower.contains("register");
    boolean isOutput = OUTPUT.matcher(lower).find();
    boolean isCoil = lower.contains("coil") || (isOutput && !isRegister);
    if (isCoil && isInput) {
      throw twoTables(text, COIL, DISCRETE_INPUT);
    } else if (isCoil) {
      return Optional.of(COIL);
    } else if (isInput) {
      boolean isBit = !isRegister && INPUT_BIT.matcher(lower).find();
      boolean isDiscrete = isBit || lower.contains("discrete");
      return Optional.of(isDiscrete ? DISCRETE_INPUT : INPUT_REGISTER);
    }
    boolean isDiscrete = lower.contains("discrete") && !isOutput;
    return isDiscrete ? Optional.of(DISCRETE_INPUT) : Optional.empty();
  }

  private static Optional<ModbusTable> ofModiconDigits(String text) throws LineException {
    Optional<ModbusTable> found = Optional.empty();
    Matcher modicon = MODICON.matcher(text.toLowerCase(Locale.ROOT));
    while (modicon.find()) {
      char digit = modicon.group().charAt(0);
      for (ModbusTable table : values()) {
        if (digit == '0' + table.modiconDigit) {
          if (found.isPresent() && found.get() != table) {
            throw twoTables(text, found.get(), table);
          }
          found = Optional.of(table);
        }
      }
    }
    return found;
  }

  private static Optional<ModbusTable> ofFunctionCode(String text) {
    Matcher function = FUNCTION.matcher(text);
    if (function.find()) {
      int code = Integer.parseInt(function.group(1));
      for (ModbusTable table : values()) {
        if (table.functionCode == code) {
          return Optional.of(table);
        }
      }
    }
    return Optional.empty();
  }

  private static LineException twoTables(String text, ModbusTable one, ModbusTable other) {
    return new LineException(
        "table=%s: can be %s or %s; write one of them"
            .formatted(text, one.configName, other.configName));
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
