// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Draws lines in place, at the bottom of what a terminal shows. What was there before scrolls up
 * and stays in the terminal's memory. For one thread.
 */
public final class Screen {
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";
  private static final int DRAWINGS_PER_SIZE = 4;

  private final PrintStream out;
  private final Supplier<TerminalSize> sizes;
  private final boolean coloured;
  private TerminalSize size;
  private int drawn;
  private int drawings;

  /**
   * A screen on which nothing is drawn yet.
   *
   * @param sizes asks for the size of the terminal
   * @param coloured whether it shows colours
   */
  public Screen(PrintStream out, Supplier<TerminalSize> sizes, boolean coloured) {
    this.out = out;
    this.sizes = sizes;
    this.coloured = coloured;
  }

  /** Whether a person wants colours: not if {@code NO_COLOR} has a value (no-color.org). */
  public static boolean wantsColour(String noColor) {
    return noColor == null || noColor.isEmpty();
  }

  /** The size for the next drawing. */
  public TerminalSize size() {
    if (size == null || ++drawings % DRAWINGS_PER_SIZE == 0) {
      TerminalSize now = sizes.get();
      if (size != null && !now.equals(size)) {
        // Lines of the old width are broken now, so it is not known where the drawing begins.
        out.print(CLEAR_SCREEN);
        drawn = 0;
      }
      size = now;
    }
    return size;
  }

  /** Replaces what was drawn before; lines that do not fit are left out. */
  public void draw(List<Line> lines) {
    TerminalSize fits = size == null ? size() : size;
    List<Line> shown = lines.subList(0, Math.min(lines.size(), fits.rows() - 1));
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r');
    for (Line line : shown) {
      // Before the text: behind a line that is full, the code would erase its last character.
      text.append(CLEAR_LINE).append(line.text(fits.columns(), coloured)).append('\n');
    }
    text.append(CLEAR_BELOW);
    drawn = shown.size();
    out.print(text);
    out.flush();
  }
}
