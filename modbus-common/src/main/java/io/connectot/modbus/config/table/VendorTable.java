// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import io.connectot.modbus.address.AddressRange;
import io.connectot.modbus.address.ModbusTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the register tables that vendors publish: writes what their cells say in the options of a
 * tag. For one table, for one thread.
 */
public final class VendorTable implements TagTable {
  private static final Set<String> GAINS =
      Set.of("gain", "divisor", "divide by", "divider", "scale divisor");

  /** Some vendors multiply by it, others divide. */
  private static final String COEFFICIENT = "coefficient";

  private static final Set<String> ACCESS =
      Set.of("access", "r/w", "rw", "read/write", "rd/wr", "access type", "read / write", "mode");

  private static final Set<String> WRITE_ONLY =
      Set.of("w", "wo", "wr", "write", "write only", "write-only", "writeonly");

  /** What cells say that say nothing. */
  private static final Set<String> NOTHING =
      Set.of("n/a", "na", "n.a.", "-", "--", "---", "\u2013", "\u2014", "/", "none", "null");

  private static final Pattern ADDRESS = Pattern.compile("\\d.*|\\w+:.*");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0]+");

  /** Attributes beside the type that can name the table. */
  private static final Set<String> TABLE_KINDS =
      Set.of("register type", "reg. type", "reg type", "type of register");

  /** Text such as {@code 2 registers} gives a length, not a function code. */
  private static final Pattern LENGTH =
      Pattern.compile("(?i)\\d+\\s*(?:bit|byte|word|register|reg)s?");

  private final FactorRows factors = new FactorRows();
  private final AmbiguousColumns columns = new AmbiguousColumns();
  private final VendorAddresses addresses = new VendorAddresses();
  private final VendorTypes types = new VendorTypes();
  private final VendorLengths lengths = new VendorLengths();
  private final VendorOrders orders = new VendorOrders();
  private final VendorDecimals decimals = new VendorDecimals();

  @Override
  public Map<String, String> aliases() {
    return VendorHeadings.ALIASES;
  }

  @Override
  public void prepare(List<Row> rows) {
    for (Row row : rows) {
      clean(row.cells());
      table(row);
      factors.add(row.cells());
    }
    columns.prepare(rows);
    addresses.prepare(rows);
    types.prepare(rows);
    lengths.prepare(rows);
    orders.prepare(rows);
    decimals.prepare(rows);
  }

  private static void clean(Map<String, String> cells) {
    cells.replaceAll((column, text) -> BLANKS.matcher(text).replaceAll(" ").trim());
    cells
        .entrySet()
        .removeIf(cell -> !cell.getKey().equals("name") && saysNothing(cell.getValue()));
  }

  /** Whether it is a text for an empty cell, such as {@code n/a}. */
  static boolean saysNothing(String text) {
    return NOTHING.contains(text.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean read(Row row) throws LineException {
    Map<String, String> cells = row.cells();
    boolean isAlone = cells.size() + row.attributes().size() == 1;
    if (isAlone && !ADDRESS.matcher(cells.getOrDefault("address", "")).matches()) {
      // The heading of a section.
      return false;
    }
    if (isWriteOnly(row.attributes())) {
      return false;
    }
    columns.check(cells);
    if (cells.containsKey("address")) {
      cells.put("address", VendorAddresses.normal(cells.get("address")));
    }
    OptionalInt range = AddressRange.registers(cells.getOrDefault("address", ""));
    VendorTypes.split(cells);
    lengths.read(cells, range);
    types.read(cells);
    lengths.check(cells, range);
    orders.read(row);
    addresses.check(cells);
    String gain = takeGain(row.attributes());
    boolean isScaled = gain != null || cells.containsKey("scale");
    VendorScales.read(cells, gain, factors);
    decimals.read(row, isScaled);
    return true;
  }

  private static boolean isWriteOnly(Map<String, String> attributes) {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (ACCESS.contains(heading(attribute.getKey()))) {
        return WRITE_ONLY.contains(attribute.getValue().trim().toLowerCase(Locale.ROOT));
      }
    }
    return false;
  }

  /** The number by which values are divided; null without one. */
  private static String takeGain(Map<String, String> attributes) throws LineException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String heading = heading(attribute.getKey());
      if (GAINS.contains(heading) || heading.equals(COEFFICIENT)) {
        String gain = attribute.getValue().trim();
        attributes.remove(attribute.getKey());
        if (saysNothing(gain)) {
          return null;
        }
        if (heading.equals(COEFFICIENT) && !gain.equals("1")) {
          throw new LineException(
              "the coefficient "
                  + gain
                  + " can multiply or divide; name the column scale or gain, whichever it is");
        }
        return gain;
      }
    }
    return null;
  }

  /** A heading in lower case and in one line. */
  static String heading(String text) {
    return BLANKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").trim();
  }

  /** Letters and digits only, in lower case. */
  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Some tables name the kind of register in the column of the type, or in one beside it. */
  private static void table(Row row) {
    Map<String, String> cells = row.cells();
    String type = cells.getOrDefault("type", "").toLowerCase(Locale.ROOT);
    boolean isTable =
        type.contains("holding")
            || type.contains("coil")
            || type.contains("discrete")
            || type.startsWith("digital")
            || type.startsWith("input")
            || type.matches("[0134]x+");
    if (isTable && !cells.containsKey("table")) {
      cells.put("table", cells.remove("type"));
    }
    boolean namesTable = cells.getOrDefault("address", "").indexOf(':') >= 0;
    if (!namesTable && !cells.containsKey("table")) {
      tableBesideType(row);
    }
  }

  private static void tableBesideType(Row row) {
    for (Map.Entry<String, String> attribute : row.attributes().entrySet()) {
      String kind = attribute.getValue().trim();
      if (TABLE_KINDS.contains(heading(attribute.getKey())) && isTable(kind)) {
        row.attributes().remove(attribute.getKey());
        row.cells().put("table", kind);
        return;
      }
    }
  }

  private static boolean isTable(String text) {
    try {
      ModbusTable.parse(text);
      return !LENGTH.matcher(text).matches();
    } catch (LineException e) {
      return false;
    }
  }
}
