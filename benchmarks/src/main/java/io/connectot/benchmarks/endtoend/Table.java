// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A Markdown table with aligned columns. For one thread. */
public final class Table {
  private final List<String[]> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(header);
  }

  public void add(String... cells) {
    rows.add(cells);
  }

  /** The first column is left-aligned, the others are right-aligned. */
  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      append(text, rows.get(i), widths);
      if (i == 0) {
        for (int j = 0; j < widths.length; j++) {
          text.append(j == 0 ? "|:" : "|-").append("-".repeat(widths[j]));
          text.append(j == 0 ? "-" : ":");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String[] row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      char[] padding = new char[widths[i] - row[i].length()];
      Arrays.fill(padding, ' ');
      text.append("| ");
      text.append(i == 0 ? row[i] : "").append(padding).append(i == 0 ? "" : row[i]);
      text.append(' ');
    }
    text.append("|\n");
  }
}
