// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
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

  private static final Set<String> DECIMALS =
      Set.of(
          "decimals",
          "decimal places",
          "number of decimals",
          "no. of decimals",
          "decimal digits",
          "resolution");

  private static final Set<String> ACCESS =
      Set.of("access", "r/w", "rw", "read/write", "rd/wr", "access type", "read / write", "mode");

  private static final Set<String> WRITE_ONLY =
      Set.of("w", "wo", "wr", "write", "write only", "write-only", "writeonly");

  /** What cells say that say nothing. */
  private static final Set<String> NOTHING =
      Set.of("n/a", "na", "n.a.", "-", "--", "---", "\u2013", "\u2014", "/", "none", "null");

  private static final Pattern ADDRESS = Pattern.compile("\\d.*|\\w+:.*");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0]+");

  /** {@code 30775 (0x7837)}, {@code 9C83h}. */
  private static final Pattern FIRST_ADDRESS = Pattern.compile("(\\S+)\\s*[(\\[].*");

  /** {@code 100[3]}, {@code 100 (2)}. */
  private static final Pattern INDEX = Pattern.compile("\\w+\\s*[(\\[]\\s*\\d{1,2}\\s*[)\\]]");

  private static final Pattern HEX = Pattern.compile("(?i)(?:0x)?([0-9a-f]{1,4})\\s*h(?:ex)?");
  private static final Pattern DASH = Pattern.compile("\\s*[-\\u2010-\\u2015~\\u2026]+\\s*");

  /** The bits of a number in the name of its type. */
  private static final Pattern WIDTH =
      Pattern.compile("(?i)(?:u|s|i|f|uint|sint|int|float|real)(16|32|64)");

  private static final Pattern BIT_ZERO = Pattern.compile("(\\d{1,6})\\.0");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})-(\\d{1,6})");
  private static final int REGISTER_BITS = 16;

  /** The names by which the rows of scale factors are found. */
  private final Map<String, String> addresses = new HashMap<>();

  private boolean sunSpec;
  private boolean powersOfTen;
  private boolean shortIsWord;

  @Override
  public Map<String, String> aliases() {
    return VendorHeadings.ALIASES;
  }

  @Override
  public void prepare(List<Row> rows) {
    for (Row row : rows) {
      Map<String, String> cells = row.cells();
      clean(cells);
      String type = plain(cells.getOrDefault("type", cells.getOrDefault("format", "")));
      sunSpec |= type.equals("sunssf");
      powersOfTen |= VendorScales.isPowerOfTen(cells.getOrDefault("scale", ""));
      shortIsWord |= type.equals("short") || type.equals("long64");
      String name = cells.get("name");
      if (name != null && cells.containsKey("address")) {
        addresses.putIfAbsent(name, cells.get("address"));
      }
    }
  }

  private static void clean(Map<String, String> cells) {
    cells.replaceAll((column, text) -> BLANKS.matcher(text).replaceAll(" ").trim());
    cells
        .entrySet()
        .removeIf(
            cell ->
                !cell.getKey().equals("name")
                    && NOTHING.contains(cell.getValue().toLowerCase(Locale.ROOT)));
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
    if (cells.containsKey("address")) {
      cells.put("address", address(cells.get("address")));
    }
    table(cells);
    VendorTypes.read(cells, sunSpec, shortIsWord);
    checkWidth(cells);
    String scale = cells.getOrDefault("scale", "");
    if (powersOfTen && scale.matches("-?\\d{1,2}")) {
      throw new LineException(
          "the scale "
              + scale
              + " can be a factor or a power of ten, as the table has 0 or negative ones; write it"
              + " like 10^"
              + scale
              + (scale.equals("0") ? "" : ", or " + scale + ".0 for a factor"));
    }
    VendorScales.read(cells, takeGain(row.attributes()), addresses);
    decimals(row);
    return true;
  }

  private static void decimals(Row row) throws LineException {
    for (Map.Entry<String, String> attribute : row.attributes().entrySet()) {
      if (DECIMALS.contains(heading(attribute.getKey()))) {
        if (VendorScales.readDecimals(row.cells(), attribute.getValue().trim())) {
          row.attributes().remove(attribute.getKey());
        }
        return;
      }
    }
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
        if (NOTHING.contains(gain.toLowerCase(Locale.ROOT))) {
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

  private static String heading(String text) {
    return BLANKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").trim();
  }

  /** Letters and digits only, in lower case. */
  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String address(String text) throws LineException {
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

  /** A spreadsheet writes 1000 as 1000.0; a range of registers says how long the value is. */
  private static void checkWidth(Map<String, String> cells) throws LineException {
    String address = cells.getOrDefault("address", "");
    String type = cells.getOrDefault("type", "");
    Matcher width = WIDTH.matcher(type);
    if (!width.matches() || cells.containsKey("count")) {
      return;
    }
    Matcher bit = BIT_ZERO.matcher(address);
    if (bit.matches()) {
      throw new LineException(
          "the address '%s' can be bit 0 or the whole register; write %s, or type bool for the bit"
              .formatted(address, bit.group(1)));
    }
    Matcher range = RANGE.matcher(address);
    if (range.matches()) {
      int registers = Integer.parseInt(range.group(2)) - Integer.parseInt(range.group(1)) + 1;
      int ofType = Integer.parseInt(width.group(1)) / REGISTER_BITS;
      if (registers != ofType) {
        throw new LineException(
            "the address '%s' has %d registers, and type %s has %d; correct one of the two"
                .formatted(address, registers, type, ofType));
      }
    }
  }

  /** Some tables name the kind of register in the column of the type. */
  private static void table(Map<String, String> cells) {
    String type = cells.getOrDefault("type", "").toLowerCase(Locale.ROOT);
    boolean isTable =
        type.contains("holding")
            || type.contains("coil")
            || type.contains("discrete")
            || type.startsWith("input");
    if (isTable && !cells.containsKey("table")) {
      cells.put("table", cells.remove("type"));
    }
  }
}
