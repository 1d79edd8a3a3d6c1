// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.terminal;

import java.util.ArrayList;
import java.util.List;

/** A line of cells, each with a colour. For one thread. */
public final class Line {
  private final List<Cell> cells = new ArrayList<>();

  private record Cell(String text, Colour colour) {}

  /** A line without cells. */
  public Line() {}

  /** Adds a text as long as it is. */
  public Line add(String text, Colour colour) {
    cells.add(new Cell(TerminalText.plain(text), colour));
    return this;
  }

  /** Adds a text that takes a number of columns, cut or filled with blanks on its right. */
  public Line left(String text, int columns, Colour colour) {
    String cut = TerminalText.cut(text, columns);
    cells.add(new Cell(cut + blanks(cut, columns), colour));
    return this;
  }

  /** Adds a text that takes a number of columns, cut or filled with blanks on its left. */
  public Line right(String text, int columns, Colour colour) {
    String cut = TerminalText.cut(text, columns);
    cells.add(new Cell(blanks(cut, columns) + cut, colour));
    return this;
  }

  private static String blanks(String text, int columns) {
    return " ".repeat(Math.max(0, columns - TerminalText.width(text)));
  }

  /** The number of columns. */
  public int width() {
    return cells.stream().mapToInt(cell -> TerminalText.width(cell.text())).sum();
  }

  /**
   * The line as text.
   *
   * @param columns where to cut it
   * @param coloured whether with codes of colours
   */
  public String text(int columns, boolean coloured) {
    StringBuilder text = new StringBuilder();
    int left = columns;
    for (Cell cell : cells) {
      String cut = TerminalText.cut(cell.text(), left);
      text.append(coloured && !cut.isBlank() ? cell.colour().paint(cut) : cut);
      left -= TerminalText.width(cut);
    }
    return text.toString().stripTrailing();
  }
}
