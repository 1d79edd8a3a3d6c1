// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import io.connectot.modbus.type.ModbusType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The order of bytes and of registers in the register tables of vendors. For one table. */
final class VendorOrders {
  /** What the heading of a column speaks of. */
  private enum Part {
    BYTES,
    WORDS,
    ANY
  }

  /** Headings besides that of the column that already is the order. */
  private static final Map<String, Part> HEADINGS =
      Map.of(
          "byte order",
          Part.BYTES,
          "word order",
          Part.WORDS,
          "register order",
          Part.WORDS,
          "endianness",
          Part.ANY,
          "endian",
          Part.ANY);

  private static final Pattern HIGH_FIRST =
      Pattern.compile("be|big|bigendian|ms[bw]first|high(?:er)?(?:word|register)?first");

  private static final Pattern LOW_REGISTER_FIRST =
      Pattern.compile("lswfirst|low(?:er)?(?:word|register)first|words?swap(?:ped)?|swappedwords?");

  /** The letters of the order of a number of four registers. */
  private static final Pattern EIGHT_LETTERS = Pattern.compile("(?i)[a-h]{8}");

  private final Set<Part> parts = EnumSet.noneOf(Part.class);
  private boolean hasOrder;

  void prepare(List<TagTable.Row> rows) {
    for (TagTable.Row row : rows) {
      hasOrder |= row.cells().containsKey("order");
      for (String heading : row.attributes().keySet()) {
        Part part = HEADINGS.get(VendorTable.heading(heading));
        if (part != null) {
          parts.add(part);
        }
      }
    }
  }

  /**
   * Writes the order as letters.
   *
   * @throws LineException when it can be read in two ways
   */
  void read(TagTable.Row row) throws LineException {
    Map<String, String> cells = row.cells();
    if (isSpread()) {
      join(row);
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
    if (isText(cells)) {
      cells.remove("order", "ABCD");
    }
  }

  /** Whether more than one column of the table has an order. */
  private boolean isSpread() {
    return hasOrder ? !parts.isEmpty() : parts.contains(Part.BYTES) && parts.contains(Part.WORDS);
  }

  /** Makes one order of the cells of several columns. */
  private void join(TagTable.Row row) throws LineException {
    Map<Part, List<String>> texts = take(row);
    List<String> all = texts.values().stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return;
    }
    boolean isText = isText(row.cells());
    boolean isWhole = texts.containsKey(Part.ANY) || EIGHT_LETTERS.matcher(all.get(0)).matches();
    boolean isOnlyOne = all.stream().map(VendorTable::plain).distinct().count() == 1;
    boolean isClear = all.size() > 1 || isText || isSingle(row.cells());
    if (isOnlyOne && (isWhole || !isClear)) {
      row.cells().put("order", all.get(0));
      return;
    }
    PartOrders orders = new PartOrders(all);
    for (String text : texts.getOrDefault(Part.BYTES, List.of())) {
      orders.add(text, false);
    }
    for (String text : texts.getOrDefault(Part.WORDS, List.of())) {
      orders.add(text, true);
    }
    for (String text : texts.getOrDefault(Part.ANY, List.of())) {
      orders.addBoth(text);
    }
    if (!isText) {
      row.cells().put("order", orders.letters());
    } else if (orders.swapsBytes()) {
      // The registers of text are never in another order.
      row.cells().put("order", "BA");
    }
  }

  /** Takes the cells with an order, by what their headings speak of. */
  private Map<Part, List<String>> take(TagTable.Row row) {
    Map<Part, List<String>> texts = new EnumMap<>(Part.class);
    String order = row.cells().remove("order");
    if (order != null) {
      // Of two headings, that of the bytes becomes the order: see VendorHeadings.
      Part part = parts.contains(Part.WORDS) ? Part.BYTES : Part.ANY;
      texts.computeIfAbsent(part, any -> new ArrayList<>()).add(order);
    }
    Iterator<Map.Entry<String, String>> attributes = row.attributes().entrySet().iterator();
    while (attributes.hasNext()) {
      Map.Entry<String, String> attribute = attributes.next();
      Part part = HEADINGS.get(VendorTable.heading(attribute.getKey()));
      if (part != null) {
        attributes.remove();
        String text = attribute.getValue().trim();
        if (!VendorTable.saysNothing(text)) {
          texts.computeIfAbsent(part, any -> new ArrayList<>()).add(text);
        }
      }
    }
    return texts;
  }

  private static boolean isText(Map<String, String> cells) {
    ModbusType type = VendorTypes.type(cells.get("type"));
    return type != null && type.isText();
  }

  /** Whether the value certainly has one register, for which only the order of bytes counts. */
  private static boolean isSingle(Map<String, String> cells) {
    ModbusType type = VendorTypes.type(cells.get("type"));
    return type != null
        && type.registers() == 1
        && cells.getOrDefault("registers", "1").equals("1");
  }
}
