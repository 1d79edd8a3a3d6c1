// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.type.ModbusType;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types, lengths and display formats in the register tables of vendors. */
final class VendorTypes {
  /** {@code STR32}, {@code STRING[20]}, {@code char(16)}: the number is the length in bytes. */
  private static final Pattern TEXT =
      Pattern.compile("(?i)(?:str|string|char|ascii|utf-?8)\\s*[\\[(]?\\s*(\\d+)\\s*[\\])]?");

  /** Types without a width. */
  private static final Pattern UNSIGNED =
      Pattern.compile(
          "uint|unsigned|unsignedint|unsignedinteger|ui|hex|enum|bitfield|bitmap|bcdint");

  private static final Pattern SIGNED =
      Pattern.compile("int|signed|signedint|integer|signedinteger|sint|si");

  private static final Pattern FLOATING = Pattern.compile("float|real|floatingpoint|ieee754|fp");

  /** The formats in the tables of one vendor, for numbers of which some bits mean no value. */
  private static final Pattern DISPLAY =
      Pattern.compile("FIX[0-9]|RAW|ENUM|DT|TM|TEMP|FW|UTF8|DURATION|DUR|HW|IP4|REV|FUNCTION_SEC");

  /** {@code float (CDAB)}, {@code INT32_BE}. */
  private static final Pattern ORDERED =
      Pattern.compile(
          "(?i)(.*?\\w)[\\s_(\\[,-]+((?:AB|BA|ABCD|CDAB|BADC|DCBA|[A-H]{8})|BE|big[-"
              + " ]endian)[)\\]]?");

  private static final Pattern HIGH_FIRST =
      Pattern.compile("be|big|bigendian|ms[bw]first|high(?:er)?(?:word|register)?first");

  private static final Pattern LOW_REGISTER_FIRST =
      Pattern.compile("lswfirst|low(?:er)?(?:word|register)first|words?swap(?:ped)?|swappedwords?");

  private VendorTypes() {}

  static void read(Map<String, String> cells, boolean sunSpec, boolean shortIsWord)
      throws LineException {
    formatAsType(cells);
    order(cells);
    String plain = VendorTable.plain(cells.getOrDefault("type", ""));
    if (shortIsWord) {
      // The types of C, where an int has 32 bits.
      switch (plain) {
        case "int" -> cells.put("type", "int32");
        case "uint" -> cells.put("type", "uint32");
        default -> {
          // As everywhere.
        }
      }
    }
    width(cells);
    text(cells);
    display(cells);
    length(cells);
    if (sunSpec) {
      notImplemented(cells);
    }
  }

  /** The order of bytes and registers, which some tables write behind the type. */
  private static void order(Map<String, String> cells) throws LineException {
    Matcher ordered = ORDERED.matcher(cells.getOrDefault("type", ""));
    if (ordered.matches() && type(ordered.group(1)) != null && !cells.containsKey("order")) {
      cells.put("type", ordered.group(1));
      cells.put("order", ordered.group(2));
    }
    String order = cells.get("order");
    if (order == null) {
      return;
    }
    String plain = VendorTable.plain(order);
    if (plain.matches("[a-h]{2,8}") && !plain.equals("be")) {
      cells.put("order", plain.toUpperCase(Locale.ROOT));
    } else if (HIGH_FIRST.matcher(plain).matches()) {
      cells.put("order", "ABCD");
    } else if (LOW_REGISTER_FIRST.matcher(plain).matches()) {
      cells.put("order", "CDAB");
    } else if (plain.startsWith("little") || plain.startsWith("le") || plain.startsWith("swap")) {
      throw new LineException(
          "the order '"
              + order
              + "' can be CDAB, with the low register first, or DCBA, with all bytes reversed;"
              + " write one of them");
    }
    ModbusType type = type(cells.get("type"));
    if (type == ModbusType.STRING || type == ModbusType.BYTES) {
      cells.remove("order", "ABCD");
    }
  }

  /** Some tables have the type under the heading Format. */
  private static void formatAsType(Map<String, String> cells) {
    String format = cells.get("format");
    if (format != null && !cells.containsKey("type") && type(format) != null) {
      cells.put("type", cells.remove("format"));
    }
  }

  /** The width of types that do not name theirs. */
  private static void width(Map<String, String> cells) {
    String plain = VendorTable.plain(cells.getOrDefault("type", ""));
    String registers = cells.get("registers");
    if (registers == null || !registers.matches("[1-4]")) {
      return;
    }
    int bits = 16 * Integer.parseInt(registers);
    if (UNSIGNED.matcher(plain).matches()) {
      cells.put("type", "uint" + bits);
    } else if (SIGNED.matcher(plain).matches()) {
      cells.put("type", "int" + bits);
    } else if (FLOATING.matcher(plain).matches() && bits != 48) {
      cells.put("type", "float" + bits);
    }
  }

  private static void text(Map<String, String> cells) {
    Matcher text = TEXT.matcher(cells.getOrDefault("type", ""));
    if (text.matches()) {
      cells.put("type", "string");
      if (!cells.containsKey("registers") && !cells.containsKey("length")) {
        cells.put("length", text.group(1));
      }
    }
    if (type(cells.get("type")) == ModbusType.STRING && cells.containsKey("registers")) {
      cells.remove("length");
    }
  }

  private static void display(Map<String, String> cells) throws LineException {
    String format = cells.getOrDefault("format", "").toUpperCase(Locale.ROOT);
    if (!DISPLAY.matcher(format).matches()) {
      return;
    }
    cells.remove("format");
    ModbusType type = type(cells.get("type"));
    if (type == null || !type.isInteger()) {
      return;
    }
    String nothing = notAvailable(type);
    if (format.equals("ENUM") && type == ModbusType.UINT32) {
      nothing += ",0x00FFFFFD";
    }
    cells.putIfAbsent("invalid", nothing);
    if (format.equals("DT")) {
      cells.put("type", "datetime");
      cells.put("format", type.registers() == 4 ? "epoch_s64" : "epoch_s");
      cells.remove("registers");
    } else if (format.equals("TEMP")) {
      cells.putIfAbsent("scale", "0.1");
      cells.putIfAbsent("unit", "\u00B0C");
    } else if (format.startsWith("FIX") && !format.equals("FIX0")) {
      cells.putIfAbsent("scale", "1e-" + format.charAt(3));
    }
  }

  /** Lengths of numbers in registers, bytes or bits, which the type already implies. */
  private static void length(Map<String, String> cells) throws LineException {
    ModbusType type = type(cells.get("type"));
    if (type == ModbusType.DATETIME && !cells.containsKey("format")) {
      if (cells.getOrDefault("registers", "2").equals("4")) {
        throw new LineException(
            "a datetime of 4 registers can be several; add a column 'format' with iec870, epoch_ms"
                + " or epoch_s64, or write the type bytes");
      }
      cells.remove("registers", "2");
    }
    if (type == null || type.registers() == 0) {
      return;
    }
    for (String column : new String[] {"registers", "length"}) {
      String text = cells.getOrDefault(column, "").replaceAll("(?i)\\s*(bits?|bytes?|words?)$", "");
      int registers = type.registers();
      if (text.equals(Integer.toString(registers))
          || text.equals(Integer.toString(2 * registers))
          || text.equals(Integer.toString(16 * registers))) {
        cells.remove(column);
      }
    }
  }

  /** What SunSpec devices send for points that they do not have. */
  private static void notImplemented(Map<String, String> cells) {
    String plain = VendorTable.plain(cells.getOrDefault("type", ""));
    ModbusType type = type(plain);
    if (type != null && type.isInteger() && !plain.startsWith("acc") && !type.isByte()) {
      cells.putIfAbsent("invalid", notAvailable(type));
    }
  }

  /** The lowest signed and the highest unsigned number. */
  private static String notAvailable(ModbusType type) {
    String digits = (type.isUnsigned() ? "F" : "0").repeat(type.bits() / 4 - 1);
    return "0x" + (type.isUnsigned() ? "F" : "8") + digits;
  }

  private static ModbusType type(String text) {
    try {
      return text == null ? null : ModbusType.parse(text);
    } catch (LineException e) {
      return null;
    }
  }
}
