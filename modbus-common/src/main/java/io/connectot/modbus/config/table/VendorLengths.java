// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config.table;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.TagTable;
import io.connectot.modbus.type.DateTimeFormat;
import io.connectot.modbus.type.ModbusType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lengths in the register tables of vendors, which count registers in some of them and bytes in
 * others. For one table.
 */
final class VendorLengths {
  private enum Measure {
    REGISTERS,
    BYTES
  }

  /** What a length is for. */
  private enum Kind {
    NUMBER,
    DATETIME,
    TEXT,
    OTHER
  }

  private static final String REGISTERS = "registers";
  private static final String LENGTH = "length";
  private static final List<String> COLUMNS = List.of(REGISTERS, LENGTH);
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,2}");

  /** {@code 32 bits}, {@code 4 bytes}, {@code 2 words}. */
  private static final Pattern MEASURED =
      Pattern.compile("(?i)([1-9]\\d{0,3})\\s*(bit|byte|word|register|reg)s?");

  private final Map<String, NavigableSet<Integer>> addresses = new HashMap<>();
  private final Map<String, Measure> measures = new HashMap<>();

  void prepare(List<TagTable.Row> rows) {
    for (TagTable.Row row : rows) {
      VendorAddresses.number(row.cells()).ifPresent(number -> addresses(row.cells()).add(number));
    }
    for (String column : COLUMNS) {
      Set<Measure> votes = votes(rows, column);
      if (votes.size() == 1) {
        measures.put(column, votes.iterator().next());
      }
    }
  }

  /** The addresses of the same table of the same unit. */
  private NavigableSet<Integer> addresses(Map<String, String> cells) {
    String space =
        Stream.of("table", "device", "unit.id")
            .map(column -> cells.getOrDefault(column, ""))
            .collect(Collectors.joining("\n"));
    return addresses.computeIfAbsent(space, any -> new TreeSet<>());
  }

  /** What the numbers of a table say: their types, and how far their addresses are apart. */
  private Set<Measure> votes(List<TagTable.Row> rows, String column) {
    Set<Measure> votes = EnumSet.noneOf(Measure.class);
    // The next address can be farther away than the length, so that only the least distance counts.
    Map<Integer, Integer> distances = new TreeMap<>();
    for (TagTable.Row row : rows) {
      Map<String, String> cells = row.cells();
      String text = cells.getOrDefault(column, "");
      String type = VendorTypes.nameIn(cells);
      if (!NUMBER.matcher(text).matches()
          || kind(type) != Kind.NUMBER
          || cells.containsKey("count")) {
        continue;
      }
      int length = Integer.parseInt(text);
      if (length % 2 == 1) {
        // No number has an odd number of bytes.
        votes.add(Measure.REGISTERS);
      }
      if (VendorTypes.namesWidth(type)) {
        vote(length, VendorTypes.type(type), votes);
      }
      distance(cells).ifPresent(distance -> distances.merge(length, distance, Math::min));
    }
    boolean isOpen = votes.isEmpty();
    distances.forEach(
        (length, distance) -> {
          if (length == 2 * distance) {
            votes.add(Measure.BYTES);
          } else if (isOpen && length.equals(distance)) {
            votes.add(Measure.REGISTERS);
          }
        });
    return votes;
  }

  private static void vote(int length, ModbusType type, Set<Measure> votes) {
    if (length == type.registers()) {
      votes.add(Measure.REGISTERS);
    } else if (length == 2 * type.registers()) {
      votes.add(Measure.BYTES);
    }
  }

  /** The registers up to the next address. */
  private OptionalInt distance(Map<String, String> cells) {
    OptionalInt registers = VendorAddresses.registers(cells);
    OptionalInt address = VendorAddresses.number(cells);
    if (registers.isPresent() || address.isEmpty()) {
      return registers;
    }
    Integer next = addresses(cells).higher(address.getAsInt());
    return next == null ? OptionalInt.empty() : OptionalInt.of(next - address.getAsInt());
  }

  private static Kind kind(String typeName) {
    if (VendorTypes.isText(typeName)) {
      return Kind.TEXT;
    }
    ModbusType type = VendorTypes.type(typeName);
    if (type == ModbusType.DATETIME) {
      return Kind.DATETIME;
    }
    boolean isNumber =
        type == null ? VendorTypes.isWidthless(typeName) : type.isNumber() && !type.isByte();
    return isNumber ? Kind.NUMBER : Kind.OTHER;
  }

  /**
   * Writes lengths in registers, those of text in bytes.
   *
   * @param range the registers from the first to the last address
   */
  void read(Map<String, String> cells, OptionalInt range) {
    Kind kind = kind(cells.getOrDefault("type", ""));
    for (String column : COLUMNS) {
      String text = cells.getOrDefault(column, "");
      Matcher measured = MEASURED.matcher(text);
      if (measured.matches()) {
        measured(cells, column, kind, measured);
      } else if (NUMBER.matcher(text).matches()) {
        plain(cells, column, kind, Integer.parseInt(text));
      }
    }
    if (range.isPresent() && !cells.containsKey("count")) {
      range(cells, kind, range.getAsInt());
    }
  }

  private static void measured(
      Map<String, String> cells, String column, Kind kind, Matcher measured) {
    int parts =
        switch (measured.group(2).toLowerCase(Locale.ROOT)) {
          case "bit" -> 16;
          case "byte" -> 2;
          default -> 1;
        };
    put(cells, column, kind, Integer.parseInt(measured.group(1)), parts);
  }

  private void plain(Map<String, String> cells, String column, Kind kind, int length) {
    Measure measure = measures.get(column);
    if (measure == Measure.BYTES) {
      put(cells, column, kind, length, 2);
    } else if (measure == Measure.REGISTERS
        && column.equals(LENGTH)
        && (kind != Kind.TEXT || length <= distance(cells).orElse(length))) {
      put(cells, column, kind, length, 1);
    }
  }

  /**
   * @param parts the number of them in a register
   */
  private static void put(
      Map<String, String> cells, String column, Kind kind, int length, int parts) {
    boolean isText = kind == Kind.TEXT;
    String target = isText && parts == 2 ? LENGTH : REGISTERS;
    if (kind == Kind.OTHER
        || (!column.equals(target) && cells.containsKey(target))
        || (target.equals(REGISTERS) && length % parts != 0)) {
      // What does not fit is refused with the option.
      return;
    }
    cells.remove(column);
    cells.put(target, Integer.toString(target.equals(LENGTH) ? length : length / parts));
  }

  /** The registers of a value without another length. */
  private void range(Map<String, String> cells, Kind kind, int range) {
    String registers = cells.get(REGISTERS);
    if (kind == Kind.OTHER) {
      return;
    }
    if (registers == null) {
      boolean hasLength =
          kind == Kind.TEXT
              && (cells.containsKey(LENGTH) || VendorTypes.hasLength(cells.get("type")));
      if (!hasLength) {
        cells.put(REGISTERS, Integer.toString(range));
      }
    } else if (registers.equals(Integer.toString(2 * range))
        && measures.get(REGISTERS) != Measure.REGISTERS) {
      cells.put(REGISTERS, Integer.toString(range));
    }
  }

  /**
   * Removes the lengths of values whose types have one.
   *
   * @param range the registers from the first to the last address
   * @throws LineException when both differ
   */
  void check(Map<String, String> cells, OptionalInt range) throws LineException {
    String typeName = cells.getOrDefault("type", "");
    ModbusType type = VendorTypes.type(typeName);
    if (type == ModbusType.DATETIME) {
      dateTime(cells, range);
    } else if (type != null) {
      if (range.isPresent() && !cells.containsKey("count")) {
        checkRange(cells, type, range.getAsInt());
      }
      if (type.registers() > 0) {
        for (String column : COLUMNS) {
          implied(cells, column, type);
        }
      }
    }
  }

  private static void dateTime(Map<String, String> cells, OptionalInt range) throws LineException {
    String registers = cells.get(REGISTERS);
    if (registers == null && range.isPresent() && !cells.containsKey("count")) {
      registers = Integer.toString(range.getAsInt());
    }
    if (registers == null) {
      return;
    }
    String format = cells.get("format");
    String length = registers;
    List<DateTimeFormat> formats =
        Stream.of(DateTimeFormat.values())
            .filter(any -> length.equals(Integer.toString(any.registers())))
            .toList();
    if (format == null && !formats.equals(List.of(DateTimeFormat.EPOCH_S))) {
      throw new LineException(
          "a datetime of "
              + registers
              + " registers can be several; add a column 'format' with "
              + (formats.isEmpty() ? "its format" : names(formats))
              + ", or write the type bytes");
    }
    if (format != null && formats.stream().noneMatch(any -> any.name().equalsIgnoreCase(format))) {
      throw new LineException(
          "a datetime of " + registers + " registers cannot have the format " + format);
    }
    cells.remove(REGISTERS);
  }

  private static String names(List<DateTimeFormat> formats) {
    return formats.stream()
        .map(format -> format.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static void checkRange(Map<String, String> cells, ModbusType type, int range)
      throws LineException {
    int registers = type.isNumber() ? type.registers() : range;
    if (type.isText() && !cells.containsKey("byte")) {
      registers = ofText(cells, range);
    }
    if (registers != range) {
      throw new LineException(
          "the address '%s' has %d registers, and type %s has %d; correct one of the two"
              .formatted(cells.get("address"), range, cells.get("type"), registers));
    }
  }

  /** The registers of text; those of the range when it has room for more. */
  private static int ofText(Map<String, String> cells, int range) {
    String registers = cells.getOrDefault(REGISTERS, "");
    String length = cells.getOrDefault(LENGTH, "");
    if (NUMBER.matcher(registers).matches()) {
      return Integer.parseInt(registers);
    }
    return NUMBER.matcher(length).matches()
        ? Math.max(range, (Integer.parseInt(length) + 1) / 2)
        : range;
  }

  private void implied(Map<String, String> cells, String column, ModbusType type)
      throws LineException {
    int registers = type.registers();
    String text = cells.getOrDefault(column, "").replaceAll("(?i)\\s*(bits?|bytes?|words?)$", "");
    boolean areBytes = text.equals(Integer.toString(2 * registers));
    if (areBytes && column.equals(REGISTERS) && mayBeLonger(cells.get("type"), type)) {
      if (measures.get(REGISTERS) != Measure.REGISTERS) {
        throw new LineException(
            "registers=%1$s of a %2$s can be %1$s bytes or %1$s registers; write the number of"
                    .formatted(text, cells.get("type"))
                + " registers, or a type that names its width such as uint32");
      }
    } else if (areBytes
        || text.equals(Integer.toString(registers))
        || text.equals(Integer.toString(16 * registers))) {
      cells.remove(column);
    }
  }

  /** Whether the type does not name its width, and there are numbers of twice its width. */
  private static boolean mayBeLonger(String typeName, ModbusType type) {
    return type.isNumber()
        && !type.isByte()
        && !VendorTypes.namesWidth(typeName)
        && type.registers() <= 2;
  }
}
