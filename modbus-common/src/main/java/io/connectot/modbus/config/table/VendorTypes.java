// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import io.connectot.modbus.type.ModbusType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types and display formats in the register tables of vendors. For one table. */
final class VendorTypes {
  /** {@code STR32}, {@code STRING[20]}, {@code char(16)}: the number is the length in bytes. */
  private static final Pattern TEXT =
      Pattern.compile("(?i)(?:str|string|char|ascii|utf-?8)\\s*[\\[(]?\\s*(\\d+)\\s*[\\])]?");

  /** Types without a width. */
  private static final Pattern UNSIGNED =
      Pattern.compile("uint|unsigned|unsignedint|unsignedinteger|ui|hex|enum|bitfield|bitmap");

  private static final Pattern SIGNED =
      Pattern.compile("int|signed|signedint|integer|signedinteger|sint|si");

  private static final Pattern DECIMAL = Pattern.compile("bcd|bcdint|bcdinteger|packedbcd");

  private static final Pattern FLOATING = Pattern.compile("float|real|floatingpoint|ieee754|fp");

  /** The formats in the tables of one vendor, for numbers of which some bits mean no value. */
  private static final Pattern DISPLAY =
      Pattern.compile("FIX[0-9]|RAW|ENUM|DT|TM|TEMP|FW|UTF8|DURATION|DUR|HW|IP4|REV|FUNCTION_SEC");

  /** {@code float (CDAB)}, {@code INT32_BE}. */
  private static final Pattern ORDERED =
      Pattern.compile(
          "(?i)(.*?\\w)[\\s_(\\[,-]+((?:AB|BA|ABCD|CDAB|BADC|DCBA|[A-H]{8})|BE|big[-"
              + " ]endian)[)\\]]?");

  /** The bits of a number in the name of its type. */
  private static final Pattern WIDTH = Pattern.compile("(?<!\\d)(?:16|32|48|64)(?!\\d)");

  private boolean sunSpec;
  private boolean shortIsWord;

  void prepare(List<TagTable.Row> rows) {
    for (TagTable.Row row : rows) {
      String type = VendorTable.plain(nameIn(row.cells()));
      sunSpec |= type.equals("sunssf");
      shortIsWord |= type.equals("short") || type.equals("long64");
    }
  }

  /** The name of the type of a row, which some tables have under the heading Format. */
  static String nameIn(Map<String, String> cells) {
    return cells.getOrDefault("type", cells.getOrDefault("format", ""));
  }

  /** Whether the name of a number says how many bits it has. */
  static boolean namesWidth(String name) {
    return WIDTH.matcher(VendorTable.plain(name)).find();
  }

  /** Whether it is a number whose name leaves open how many bits it has. */
  static boolean isWidthless(String name) {
    String plain = VendorTable.plain(name);
    return UNSIGNED.matcher(plain).matches()
        || SIGNED.matcher(plain).matches()
        || DECIMAL.matcher(plain).matches()
        || FLOATING.matcher(plain).matches();
  }

  /** Whether it is text or bytes. */
  static boolean isText(String name) {
    ModbusType type = type(name);
    return hasLength(name) || (type != null && type.isText());
  }

  /** Whether it is text whose name has its length. */
  static boolean hasLength(String name) {
    return TEXT.matcher(name).matches();
  }

  /** The type with that name; null when there is none. */
  static ModbusType type(String name) {
    try {
      return name == null ? null : ModbusType.parse(name);
    } catch (LineException e) {
      return null;
    }
  }

  /** Moves a type out of the format column, and an order out of the type column. */
  static void split(Map<String, String> cells) {
    formatAsType(cells);
    Matcher ordered = ORDERED.matcher(cells.getOrDefault("type", ""));
    if (ordered.matches() && type(ordered.group(1)) != null && !cells.containsKey("order")) {
      cells.put("type", ordered.group(1));
      cells.put("order", ordered.group(2));
    }
  }

  /** Reads the type, whose number of registers is known. */
  void read(Map<String, String> cells) {
    if (shortIsWord) {
      // The types of C, where an int has 32 bits.
      switch (VendorTable.plain(cells.getOrDefault("type", ""))) {
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
    if (sunSpec) {
      notImplemented(cells);
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
    } else if (DECIMAL.matcher(plain).matches() && bits <= 32) {
      cells.put("type", "bcd" + bits);
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

  private static void display(Map<String, String> cells) {
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

  /** What SunSpec devices send for points that they do not have. */
  private static void notImplemented(Map<String, String> cells) {
    String plain = VendorTable.plain(cells.getOrDefault("type", ""));
    ModbusType type = type(plain);
    if (type == null) {
      return;
    }
    if (type.isNumber() && !type.valueType().isInteger()) {
      cells.putIfAbsent("invalid", "NaN");
    } else if (type.isInteger() && !plain.startsWith("acc") && !type.isByte()) {
      cells.putIfAbsent("invalid", notAvailable(type));
    }
  }

  /** The lowest signed and the highest unsigned number. */
  private static String notAvailable(ModbusType type) {
    String digits = (type.isUnsigned() ? "F" : "0").repeat(type.bits() / 4 - 1);
    return "0x" + (type.isUnsigned() ? "F" : "8") + digits;
  }
}
