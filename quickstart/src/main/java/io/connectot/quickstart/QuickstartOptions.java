// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The command line options.
 *
 * @param check whether to wait for records and exit instead of showing them
 * @param ansi whether the terminal can redraw a table in place
 * @param plugin the packaged plugin
 * @param directory the directory of Kafka's data, the unpacked plugin and the log
 */
public record QuickstartOptions(boolean check, boolean ansi, Path plugin, Path directory) {

  /**
   * Parses the arguments.
   *
   * @throws IllegalArgumentException if they are invalid, with a message for the user
   */
  public static QuickstartOptions parse(List<String> arguments) {
    boolean check = false;
    boolean ansi = false;
    Path plugin = null;
    Path directory = Path.of("target", "run");
    for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
      String argument = left.next();
      switch (argument) {
        case "--check" -> check = true;
        case "--ansi" -> ansi = true;
        case "--plugin" -> plugin = Path.of(value(argument, left));
        case "--directory" -> directory = Path.of(value(argument, left));
        default ->
            throw new IllegalArgumentException(
                "unknown option "
                    + argument
                    + ": there are --check, --ansi, --plugin and --directory");
      }
    }
    if (plugin == null) {
      throw new IllegalArgumentException("--plugin <zip> is missing: it names the packaged plugin");
    }
    return new QuickstartOptions(check, ansi, plugin, directory);
  }

  private static String value(String option, Iterator<String> left) {
    if (!left.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return left.next();
  }
}
