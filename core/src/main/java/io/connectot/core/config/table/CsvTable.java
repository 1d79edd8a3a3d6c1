// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.table;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.ConfigLocation;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file whose first row names the columns. The delimiter is the most frequent one of comma,
 * semicolon and tab in the first row. Rows are numbered as a spreadsheet shows them.
 */
final class CsvTable {
  private static final Pattern HEX_NUMBER = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern HEX_NUMBERS =
      Pattern.compile("[0-9a-fA-F]{1,4}(?:[^0-9a-zA-Z]{1,5}[0-9a-fA-F]{1,4})?[)\\]]?");

  /** Headings of several lines, and blanks that do not end a line. */
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0]+");

  private static final char[] DELIMITERS = {',', ';', '\t'};

  private final String key;
  private final String file;
  private final Map<String, String> aliases;
  private final Consumer<ConfigError> errors;
  private final List<String> headings = new ArrayList<>();

  /** The columns whose heading says that their numbers are hexadecimal. */
  private final Set<Integer> hexColumns = new HashSet<>();

  private CsvTable(
      String key, String file, Map<String, String> aliases, Consumer<ConfigError> errors) {
    this.aliases = aliases;
    this.key = key;
    this.file = file;
    this.errors = errors;
  }

  static List<TableRow> read(
      String key,
      String file,
      String text,
      List<String> required,
      Map<String, String> aliases,
      Consumer<ConfigError> errors) {
    return new CsvTable(key, file, aliases, errors).read(text, required);
  }

  private List<TableRow> read(String text, List<String> required) {
    String table = text;
    char delimiter;
    // Spreadsheets write and read this line but do not show it, so it has no row number.
    if (table.regionMatches(true, 0, "sep=", 0, 4) && table.length() > 4) {
      delimiter = table.charAt(4);
      table = table.substring(endOfLine(table));
    } else {
      delimiter = delimiter(table);
    }
    List<TableRow> rows = new ArrayList<>();
    long row = 0;
    try (CSVParser parser =
        CSVParser.parse(
            new StringReader(table),
            CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get())) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        CSVRecord cells = records.next();
        row = cells.getRecordNumber();
        if (headings.isEmpty()) {
          if (!isEmpty(cells) && !readHeadings(cells, row, required)) {
            return List.of();
          }
        } else if (!isEmpty(cells)) {
          readRow(cells, row, rows);
        }
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      errors.accept(
          location(row + 1)
              .error(
                  "is not valid CSV, probably a quote is not closed or not doubled: " + cause(e)));
      return List.of();
    } catch (IllegalArgumentException e) {
      errors.accept(
          location(1)
              .error("'" + delimiter + "' cannot separate columns; write sep=; or leave it out"));
      return List.of();
    }
    if (headings.isEmpty()) {
      errors.accept(new ConfigError(key, file + ": is empty; the first row must name the columns"));
    }
    return rows;
  }

  private boolean readHeadings(CSVRecord cells, long row, List<String> required) {
    Set<String> known = new HashSet<>();
    for (String cell : cells) {
      String heading = cell.trim();
      headings.add(heading);
      if (!heading.isEmpty() && !known.add(heading.toLowerCase(Locale.ROOT))) {
        errors.accept(
            location(row).error("there are two columns '" + heading + "'; remove or rename one"));
        return false;
      }
    }
    List<String> plain =
        headings.stream()
            .map(heading -> BLANKS.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll(" "))
            .toList();
    aliases.forEach(
        (alias, column) -> {
          int found = plain.indexOf(alias);
          if (found >= 0 && known.add(column)) {
            headings.set(found, column);
            if (alias.contains("hex")) {
              hexColumns.add(found);
            }
          }
        });
    for (String name : required) {
      if (!known.contains(name)) {
        errors.accept(
            location(row)
                .error(
                    "there is no column '"
                        + name
                        + "'; the first row must name the columns, at least "
                        + String.join(", ", required)));
        return false;
      }
    }
    return true;
  }

  private void readRow(CSVRecord cells, long row, List<TableRow> rows) {
    Map<String, String> byHeading = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i).trim();
      if (cell.isEmpty()) {
        continue;
      }
      String heading = i < headings.size() ? headings.get(i) : "";
      if (heading.isEmpty()) {
        errors.accept(
            location(row)
                .error(
                    "cell "
                        + (i + 1)
                        + " has no heading; check for an extra delimiter, or for text without its"
                        + " quotes"));
        return;
      }
      byHeading.put(heading, hexColumns.contains(i) ? hexadecimal(cell) : cell);
    }
    rows.add(new TableRow(location(row), byHeading));
  }

  /** A number, or a range of numbers, with the prefix of hexadecimal numbers. */
  private static String hexadecimal(String cell) {
    return HEX_NUMBERS.matcher(cell).matches() ? HEX_NUMBER.matcher(cell).replaceAll("0x$0") : cell;
  }

  private ConfigLocation location(long row) {
    return new ConfigLocation(key, file + " row " + row);
  }

  private static boolean isEmpty(CSVRecord cells) {
    for (String cell : cells) {
      if (!cell.isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static char delimiter(String text) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int[] counts = new int[DELIMITERS.length];
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted) {
        for (int d = 0; d < DELIMITERS.length; d++) {
          counts[d] += c == DELIMITERS[d] ? 1 : 0;
        }
      }
    }
    int best = 0;
    for (int d = 1; d < DELIMITERS.length; d++) {
      best = counts[d] > counts[best] ? d : best;
    }
    return DELIMITERS[best];
  }

  private static int endOfLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text.length() : end + 1;
  }

  private static String cause(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage();
  }
}
