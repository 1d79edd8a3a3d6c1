// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headings of columns in the register tables of vendors. */
final class VendorHeadings {
  /** Heading in lower case to the column it stands for; the surer meaning first. */
  static final Map<String, String> ALIASES = aliases();

  private VendorHeadings() {}

  private static Map<String, String> aliases() {
    Map<String, String> aliases = new LinkedHashMap<>();
    add(aliases, "name", "parameter", "signal", "signal name", "variable", "tag", "tag name");
    add(aliases, "name", "measurement", "quantity name", "register name", "point", "point name");
    add(aliases, "name", "object", "data point", "parameter name", "variable name", "item");
    add(aliases, "name", "input register parameter", "input register parameter description");
    add(aliases, "name", "parameter description", "name/description", "designation", "description");
    add(aliases, "name", "description/number code", "description/number codes");
    add(aliases, "name", "description / number code", "description / number code(s)");
    add(aliases, "address", "register", "register address", "modbus address", "reg", "reg.");
    add(aliases, "address", "register (dec)", "address (dec)", "register number", "register no.");
    add(aliases, "address", "modbus address (dec)", "sma modbus register address", "address dec.");
    add(aliases, "address", "address (register)", "address register", "register (decimal)");
    add(aliases, "address", "start address", "start register", "addr", "addr.", "start");
    add(aliases, "address", "address (decimal)", "modbus register", "first register");
    add(aliases, "address", "adr.", "start reg", "dec. address", "decimal address", "address dec");
    add(aliases, "address", "register dec", "register address (dec)", "modbus address dec");
    add(
        aliases,
        "address",
        "address (hex)",
        "register (hex)",
        "address hex",
        "modbus address (hex)");
    add(aliases, "type", "data type", "datatype", "format type", "register type", "value type");
    add(aliases, "type", "sma data type", "variable type", "data type/format", "data format");
    add(aliases, "format", "sma data format", "display format", "sma format");
    add(aliases, "table", "function", "function code", "fc", "function codes", "modbus function");
    add(aliases, "table", "func", "func.", "read function", "read function code", "fct");
    add(aliases, "table", "function code (hex)", "function code (dec)", "object type");
    add(aliases, "unit", "units", "unit of measure", "unit of measurement", "eng. unit", "uom");
    add(aliases, "unit", "engineering unit", "engineering units", "measuring unit", "dimension");
    add(aliases, "order", "byte order", "word order", "register order", "endianness", "endian");
    add(aliases, "scale", "factor", "multiplier", "scale factor", "scaling", "scaling factor");
    add(aliases, "scale", "scale_factor", "sf");
    add(aliases, "registers", "number of registers", "no. of registers", "words", "register count");
    add(aliases, "registers", "number of registers (word)", "number of contiguous registers");
    add(aliases, "registers", "cnt (word)", "cnt", "quantity of registers", "size (int16)");
    add(aliases, "registers", "size (registers)", "number of regs", "regs", "length (words)");
    add(aliases, "registers", "size", "length (registers)", "quantity", "no. of words");
    return aliases;
  }

  private static void add(Map<String, String> aliases, String column, String... headings) {
    for (String heading : headings) {
      aliases.put(heading, column);
    }
  }
}
