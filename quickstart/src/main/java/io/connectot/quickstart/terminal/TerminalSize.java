// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a terminal.
 *
 * @param columns at least 20
 * @param rows at least 5
 */
public record TerminalSize(int columns, int rows) {
  /** The size of most terminals when they open. */
  public static final TerminalSize USUAL = new TerminalSize(80, 24);

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");
  private static final int LEAST_COLUMNS = 20;
  private static final int LEAST_ROWS = 5;

  /** The size of the terminal of this process, the usual one if it cannot be found out. */
  public static TerminalSize ask() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size < /dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      stty.getOutputStream().close();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor(1, TimeUnit.SECONDS) ? parse(answer) : USUAL;
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  /** Reads the answer of {@code stty size}. */
  static TerminalSize parse(String answer) {
    Matcher numbers = ROWS_AND_COLUMNS.matcher(answer);
    if (!numbers.matches()) {
      return USUAL;
    }
    int rows = Integer.parseInt(numbers.group(1));
    int columns = Integer.parseInt(numbers.group(2));
    return rows == 0 || columns == 0
        ? USUAL
        : new TerminalSize(Math.max(columns, LEAST_COLUMNS), Math.max(rows, LEAST_ROWS));
  }
}
