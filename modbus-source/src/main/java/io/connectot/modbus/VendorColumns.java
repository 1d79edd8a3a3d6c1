// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import java.util.HashMap;
import java.util.Map;

/** The headings of columns in the register tables of vendors. */
final class VendorColumns {
  /** Heading in lower case to the column it stands for. */
  static final Map<String, String> ALIASES = aliases();

  private VendorColumns() {}

  private static Map<String, String> aliases() {
    Map<String, String> aliases = new HashMap<>();
    add(aliases, "name", "parameter", "signal", "signal name", "variable", "tag", "tag name");
    add(aliases, "name", "measurement", "quantity name", "register name", "point", "point name");
    add(aliases, "name", "object", "data point", "parameter name", "variable name");
    add(aliases, "address", "register", "register address", "modbus address", "reg", "reg.");
    add(aliases, "address", "register (dec)", "address (dec)", "register number", "register no.");
    add(aliases, "address", "start address", "start register", "addr", "addr.", "start");
    add(
        aliases,
        "address",
        "address (decimal)",
        "modbus register",
        "first register",
        "register dec");
    add(aliases, "address", "adr.", "start reg", "dec. address", "decimal address", "address dec");
    add(aliases, "type", "data type", "datatype", "format type", "register type", "value type");
    add(aliases, "type", "data format", "data type/format");
    add(aliases, "table", "function", "function code", "fc", "function codes", "modbus function");
    add(aliases, "table", "func", "func.", "read function", "read function code", "fct");
    add(aliases, "unit", "units", "unit of measure", "unit of measurement", "eng. unit", "uom");
    add(aliases, "unit", "engineering unit", "engineering units", "measuring unit");
    add(aliases, "scale", "factor", "multiplier", "scale factor", "scaling", "scaling factor");
    add(aliases, "registers", "number of registers", "no. of registers", "words", "register count");
    add(aliases, "registers", "size", "length (registers)", "quantity", "no. of words");
    return Map.copyOf(aliases);
  }

  private static void add(Map<String, String> aliases, String column, String... headings) {
    for (String heading : headings) {
      aliases.put(heading, column);
    }
  }
}
