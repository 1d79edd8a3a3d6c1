// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.address;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads addresses as engineers write them: {@code holding:100}, {@code holding:0x64}, {@code
 * input:7.3}, {@code coil:1}, {@code discrete:5}, Modicon's {@code 400101} and {@code 4x00101},
 * which count from 1 by definition, and numbers with a table beside them. {@code 40101} can mean
 * two registers and is only read when the notation is configured.
 */
public final class AddressParser {
  private static final List<String> TABLE_NAMES =
      Arrays.stream(ModbusTable.values()).map(ModbusTable::configName).toList();
  private static final String FORMS =
      "write it like holding:100, input:7.3, coil:1, discrete:5 or 400101";
  private static final int BITS = 16;

  /** A number, or a range of numbers, and the bit of a register. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(0[xX][0-9a-fA-F]+|[0-9]+)(\\s*[-–…]\\s*(?:0[xX][0-9a-fA-F]+|[0-9]+))?(\\.[0-9]+)?");

  private static final Pattern RANGE = Pattern.compile("\\s*[-–…]\\s*(?:0[xX][0-9a-fA-F]+|[0-9]+)");

  private final int base;
  private final AddressNotation notation;
  private final Optional<ModbusTable> defaultTable;

  /**
   * @param base the number of the first register in {@code table:number} addresses, 0 or 1
   */
  public AddressParser(int base) {
    this(base, AddressNotation.AUTO, Optional.empty());
  }

  /**
   * @param base the number of the first register in {@code table:number} addresses, 0 or 1
   * @param notation how numbers without a table are read
   * @param defaultTable the table of numbers without one
   */
  public AddressParser(int base, AddressNotation notation, Optional<ModbusTable> defaultTable) {
    this.notation = notation;
    this.defaultTable = defaultTable;
    if (base != 0 && base != 1) {
      throw new IllegalArgumentException("the address base must be 0 or 1, but is " + base);
    }
    this.base = base;
  }

  /**
   * Reads an address.
   *
   * @throws LineException when it is invalid; the message shows a valid form
   */
  public TableAddress parse(String text) throws LineException {
    return parse(text, Optional.empty());
  }

  /**
   * Reads an address whose table is given separately.
   *
   * @param table the table; empty when the address names it, or for the default
   * @throws LineException when it is invalid; the message shows a valid form
   */
  public TableAddress parse(String text, Optional<ModbusTable> table) throws LineException {
    int colon = text.indexOf(':');
    TableAddress address;
    if (colon >= 0) {
      address = named(text, text.substring(0, colon), text.substring(colon + 1));
    } else {
      Optional<ModbusTable> apart = table.isPresent() ? table : defaultTable;
      boolean isDigits = NUMBER.matcher(text).matches();
      // Tables of vendors have the first and the last register of a value.
      String first = isDigits ? RANGE.matcher(text).replaceFirst("") : text;
      boolean isModicon = number(first).matches("[134]\\d{5}");
      boolean isNumber = isDigits && !isModicon && notation != AddressNotation.MODICON;
      if (isNumber && apart.isPresent()) {
        return plain(text, first, apart.get());
      }
      if (isNumber && (notation == AddressNotation.NUMBER || isAmbiguous(first))) {
        throw ambiguous(text, first);
      }
      address = modicon(first);
    }
    if (table.isPresent() && table.get() != address.table()) {
      throw new LineException(
          text
              + ": is in the table "
              + address.table().configName()
              + ", but table= says "
              + table.get().configName()
              + "; correct one of the two");
    }
    return address;
  }

  private TableAddress plain(String text, String first, ModbusTable table) throws LineException {
    int written = integer(text, number(first), base, TableAddress.SPACE - 1 + base);
    return new TableAddress(table, written - base, bit(text, table, first));
  }

  /** Whether a number is a register of its own, and also an address in Modicon notation. */
  private static boolean isAmbiguous(String text) {
    String number = number(text);
    // A coil in Modicon notation has five digits.
    if (number.regionMatches(true, 0, "0x", 0, 2)) {
      return number.length() != 7;
    }
    return number.length() == 5 && "134".indexOf(number.charAt(0)) >= 0 && isDecimal(number);
  }

  /**
   * @param text the address as it is written
   * @param first its first register
   */
  private LineException ambiguous(String text, String first) {
    StringBuilder message = new StringBuilder(text).append(": ");
    try {
      TableAddress modicon = modicon(first);
      String table = modicon.table().configName();
      int shown = modicon.address() + base;
      String bit = first.substring(number(first).length());
      message.append("is ").append(table).append(':').append(shown).append(bit);
      message.append(" in Modicon notation, or register ").append(first);
      message.append("; write ").append(table).append(':').append(shown).append(bit);
      message.append(" or e.g. holding:").append(first);
    } catch (LineException e) {
      message.append("has no table; write it like holding:").append(first);
    }
    message.append(", fill the option or column 'table', or set modbus.address.notation");
    return new LineException(message.toString());
  }

  private static boolean isDecimal(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private TableAddress named(String text, String tableName, String rest) throws LineException {
    for (ModbusTable table : ModbusTable.values()) {
      if (table.configName().equalsIgnoreCase(tableName)) {
        String number = number(rest);
        int last = TableAddress.SPACE - 1 + base;
        int written = integer(text, number, base, last);
        return new TableAddress(table, written - base, bit(text, table, rest));
      }
    }
    throw new LineException(
        text
            + ": unknown table '"
            + tableName
            + "'"
            + Suggestion.of(tableName, TABLE_NAMES)
                .word()
                .map(word -> ", did you mean " + word + "?")
                .orElse("; it must be one of " + String.join(", ", TABLE_NAMES)));
  }

  private static TableAddress modicon(String text) throws LineException {
    String number = number(text);
    String digits;
    int last;
    if (number.length() > 2 && Character.toLowerCase(number.charAt(1)) == 'x') {
      digits = number.substring(2);
      last = TableAddress.SPACE;
    } else if (number.length() == 6 || number.length() == 5) {
      digits = number.substring(1);
      last = number.length() == 6 ? TableAddress.SPACE : 9999;
    } else {
      throw new LineException(text + ": not an address; " + FORMS);
    }
    if (!isDecimal(digits)) {
      throw new LineException(text + ": not an address; " + FORMS);
    }
    for (ModbusTable table : ModbusTable.values()) {
      if (number.charAt(0) == '0' + table.modiconDigit()) {
        int written;
        try {
          written = Integer.parseInt(digits);
        } catch (NumberFormatException e) {
          written = -1;
        }
        if (written < 1 || written > last) {
          throw new LineException(
              text
                  + ": Modicon addresses count from 1 to "
                  + last
                  + " after the table digit, e.g. "
                  + table.modiconDigit()
                  + (last == TableAddress.SPACE ? "00001" : "0001")
                  + " for the first one");
        }
        return new TableAddress(table, written - 1, bit(text, table, text));
      }
    }
    throw new LineException(
        text
            + ": Modicon addresses begin with 0 (coil), 1 (discrete input), 3 (input register) or 4"
            + " (holding register)");
  }

  /** The part before the bit number. */
  private static String number(String text) {
    int dot = text.indexOf('.');
    return dot < 0 ? text : text.substring(0, dot);
  }

  private static OptionalInt bit(String text, ModbusTable table, String rest) throws LineException {
    int dot = rest.indexOf('.');
    if (dot < 0) {
      return OptionalInt.empty();
    }
    if (!table.isRegister()) {
      throw new LineException(
          text
              + ": a "
              + table.configName()
              + " is a bit itself; write it without ."
              + rest.substring(dot + 1));
    }
    String bit = rest.substring(dot + 1);
    if (bit.length() <= 2 && !bit.isEmpty() && bit.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int value = Integer.parseInt(bit);
      if (value < BITS) {
        return OptionalInt.of(value);
      }
    }
    throw new LineException(
        text
            + ": the bit after the point must be 0 (lowest) to 15, e.g. "
            + rest.substring(0, dot)
            + ".3");
  }

  private static int integer(String text, String number, int min, int max) throws LineException {
    boolean hex = number.regionMatches(true, 0, "0x", 0, 2);
    try {
      // Not Integer.decode: a leading zero would make it octal.
      int value = hex ? Integer.parseInt(number.substring(2), 16) : Integer.parseInt(number);
      if (value >= min && value <= max && Character.digit(number.charAt(0), 10) >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every invalid number.
    }
    throw new LineException(
        text
            + ": the address must be a number from "
            + min
            + " to "
            + max
            + (min == 1 ? " (modbus.address.base=1)" : "")
            + ", e.g. "
            + (text.indexOf(':') < 0
                ? "100 or 0x64"
                : text.substring(0, text.indexOf(':')) + ":100 or :0x64"));
  }
}
