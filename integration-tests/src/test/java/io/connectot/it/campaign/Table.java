// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.util.ArrayList;
import java.util.List;

/** Formats a Markdown table with aligned columns: text to the left, numbers to the right. */
final class Table {
  private static final int TEXT_COLUMNS = 2;

  private Table() {}

  /** The lines of the table. */
  static List<String> of(List<Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(Row.HEAD);
    rows.forEach(row -> cells.add(row.cells()));
    int[] widths = new int[Row.HEAD.size()];
    for (List<String> line : cells) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      lines.add(line(line, widths));
    }
    lines.add(1, rule(widths));
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - cells.get(column).length());
      line.append(' ')
          .append(column < TEXT_COLUMNS ? cells.get(column) + padding : padding + cells.get(column))
          .append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int column = 0; column < widths.length; column++) {
      String dashes = "-".repeat(widths[column] + 1);
      line.append(column < TEXT_COLUMNS ? ":" + dashes : dashes + ":").append('|');
    }
    return line.toString();
  }
}
