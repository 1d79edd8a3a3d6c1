// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import io.connectot.modbus.type.ModbusType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Columns that mean something else in the tables of some vendors. For one table. */
final class AmbiguousColumns {
  /** Fewer rows can be a coincidence. */
  private static final int ENOUGH_ROWS = 3;

  /** Whole numbers that are no factors, so that the column has powers of ten. */
  private static final Pattern POWER_ONLY = Pattern.compile("0|-[2-9]");

  /** {@code 0.1}, {@code 0,01 kWh}, {@code 1/10}: the column has factors. */
  private static final Pattern FRACTION = Pattern.compile("\\d[.,]0*[1-9]|/\\s*10");

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,6}(?:\\.0+)?");

  private boolean powersOfTen;
  private boolean offsetsAreAddresses;
  private boolean countsAreRegisters;

  void prepare(List<TagTable.Row> rows) {
    boolean hasMinusOne = false;
    boolean hasFraction = false;
    for (TagTable.Row row : rows) {
      String scale = row.cells().getOrDefault("scale", "");
      powersOfTen |= POWER_ONLY.matcher(scale).matches();
      hasMinusOne |= scale.equals("-1");
      hasFraction |= FRACTION.matcher(scale).find();
    }
    powersOfTen |= hasMinusOne && !hasFraction;
    offsetsAreAddresses = areAddresses(rows);
    countsAreRegisters = areRegisters(rows);
  }

  /** Whether offsets follow the addresses, as the addresses in requests do. */
  private static boolean areAddresses(List<TagTable.Row> rows) {
    Map<Integer, List<Integer>> offsets = new HashMap<>();
    for (TagTable.Row row : rows) {
      OptionalInt address = VendorAddresses.number(row.cells());
      String offset = row.cells().getOrDefault("offset", "");
      if (address.isPresent() && WHOLE.matcher(offset).matches()) {
        int number = Integer.parseInt(offset.replaceFirst("\\..*", ""));
        offsets
            .computeIfAbsent(address.getAsInt() - number, difference -> new ArrayList<>())
            .add(number);
      }
    }
    return offsets.values().stream()
        .anyMatch(same -> same.size() >= ENOUGH_ROWS && new HashSet<>(same).size() > 1);
  }

  private static boolean areRegisters(List<TagTable.Row> rows) {
    int equal = 0;
    for (TagTable.Row row : rows) {
      String count = row.cells().getOrDefault("count", "");
      String typeName = row.cells().get("type");
      ModbusType type = VendorTypes.type(typeName);
      if (count.isEmpty() || (type != null && type.isText())) {
        continue;
      }
      boolean isOpen = typeName != null && VendorTypes.isWidthless(typeName);
      if (type != null && count.equals(Integer.toString(type.registers()))) {
        equal++;
      } else if (!isOpen || !count.matches("[1-4]")) {
        return false;
      }
    }
    return equal >= ENOUGH_ROWS;
  }

  void check(Map<String, String> cells) throws LineException {
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
    if (offsetsAreAddresses && cells.containsKey("offset")) {
      throw new LineException(
          "the offset "
              + cells.get("offset")
              + " counts registers as the address does, and would be added to the value; rename or"
              + " remove the column 'offset'");
    }
    if (countsAreRegisters && cells.containsKey("count")) {
      throw new LineException(
          "the count "
              + cells.get("count")
              + " can be the registers of the value, or the number of values of an array; name the"
              + " column 'registers', or leave it out");
    }
  }
}
