// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.terminal;

import java.util.ArrayList;
import java.util.List;

/** Measures and cuts text by the columns that it takes on a terminal. */
public final class TerminalText {
  private static final String CUT = "…";

  private TerminalText() {}

  /** The text without anything that a terminal would obey: each such character becomes "?". */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().map(point -> isObeyed(point) ? '?' : point).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Controls, marks of direction, and single halves of characters. */
  private static boolean isObeyed(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** The number of columns of a text without control characters. */
  static int width(String text) {
    return text.codePoints().map(TerminalText::width).sum();
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115f)
            || (point >= 0x2e80 && point <= 0xa4cf)
            || (point >= 0xac00 && point <= 0xd7a3)
            || (point >= 0xf900 && point <= 0xfaff)
            || (point >= 0xfe30 && point <= 0xfe6f)
            || (point >= 0xff00 && point <= 0xff60)
            || (point >= 0xffe0 && point <= 0xffe6)
            || point >= 0x1f000;
    return wide ? 2 : 1;
  }

  /** The text, cut where it is longer than a number of columns. */
  static String cut(String text, int columns) {
    String plain = plain(text);
    if (width(plain) <= columns) {
      return plain;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int point : plain.codePoints().toArray()) {
      used += width(point);
      if (used > columns - 1) {
        break;
      }
      cut.appendCodePoint(point);
    }
    return columns < 1 ? "" : cut + CUT;
  }

  /**
   * Lines of a label and the items behind it.
   *
   * @param columns the longest line; a single item may be longer
   */
  public static List<String> list(String label, List<String> items, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(label);
    for (int i = 0; i < items.size(); i++) {
      String item = items.get(i) + (i + 1 < items.size() ? "," : "");
      if (line.length() > label.length() && line.length() + 1 + width(item) > columns) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(label.length()));
      }
      line.append(line.length() > label.length() ? " " : "").append(item);
    }
    lines.add(line.toString());
    return lines;
  }
}
