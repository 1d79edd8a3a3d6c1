// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import io.connectot.modbus.address.AddressRange;
import io.connectot.modbus.type.ModbusType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses in the register tables of vendors. For one table. */
final class VendorAddresses {
  /** {@code 30775 (0x7837)}, {@code 9C83h}. */
  private static final Pattern FIRST_ADDRESS = Pattern.compile("(\\S+)\\s*[(\\[].*");

  /** {@code 100[3]}, {@code 100 (2)}. */
  private static final Pattern INDEX = Pattern.compile("\\w+\\s*[(\\[]\\s*\\d{1,2}\\s*[)\\]]");

  private static final Pattern HEX = Pattern.compile("(?i)(?:0x)?([0-9a-f]{1,4})\\s*h(?:ex)?");
  private static final Pattern DASH = Pattern.compile("\\s*[-\\u2010-\\u2015~\\u2026]+\\s*");

  /** A register and its bit, or a whole number as spreadsheets write it. */
  private static final Pattern BIT = Pattern.compile("(\\d{1,6})\\.(\\d|1[0-5])");

  private int zeroBits;
  private boolean hasOtherBits;

  void prepare(List<TagTable.Row> rows) {
    for (TagTable.Row row : rows) {
      Matcher bit = BIT.matcher(row.cells().getOrDefault("address", ""));
      if (bit.matches()) {
        zeroBits += isZero(bit) ? 1 : 0;
        hasOtherBits |= !isZero(bit);
      }
    }
  }

  private static boolean isZero(Matcher bit) {
    return bit.group(2).equals("0");
  }

  /**
   * The address as the connector writes it.
   *
   * @throws LineException when it can be read in two ways
   */
  static String normal(String text) throws LineException {
    if (INDEX.matcher(text).matches()) {
      throw new LineException(
          "the address '"
              + text
              + "' can be a bit or a number of registers; write a bit as 100.3, and the number in a"
              + " column 'registers'");
    }
    Matcher first = FIRST_ADDRESS.matcher(text);
    String address = DASH.matcher(first.matches() ? first.group(1) : text).replaceAll("-");
    Matcher hex = HEX.matcher(address);
    return hex.matches() ? "0x" + hex.group(1) : address;
  }

  /** The number of the first register of a row; empty for an address with more than that. */
  static OptionalInt number(Map<String, String> cells) {
    try {
      return AddressRange.first(normal(cells.getOrDefault("address", "")));
    } catch (LineException e) {
      // The row itself is refused.
      return OptionalInt.empty();
    }
  }

  /** The registers from the first to the last address of a row; empty without a last one. */
  static OptionalInt registers(Map<String, String> cells) {
    try {
      return AddressRange.registers(normal(cells.getOrDefault("address", "")));
    } catch (LineException e) {
      // The row itself is refused.
      return OptionalInt.empty();
    }
  }

  /** A spreadsheet writes 1000 as 1000.0, which would be a single bit. */
  void check(Map<String, String> cells) throws LineException {
    Matcher bit = BIT.matcher(cells.getOrDefault("address", ""));
    if (bit.matches() && isZero(bit) && mayBeRegister(cells.get("type"))) {
      throw new LineException(
          "the address '%s' can be bit 0 or the whole register; write %s, or type bool for the bit"
              .formatted(bit.group(), bit.group(1)));
    }
  }

  private boolean mayBeRegister(String typeName) {
    if (typeName == null) {
      return zeroBits > 1 && !hasOtherBits;
    }
    ModbusType type = VendorTypes.type(typeName);
    boolean isNumber = type != null && type.isNumber();
    return isNumber && (!hasOtherBits || VendorTypes.namesWidth(typeName));
  }
}
