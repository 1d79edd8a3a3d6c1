// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A message that the sources of the archives log.
 *
 * @param module the module that logs it
 * @param level {@code WARN}, {@code ERROR} or {@code INFO}
 * @param text the message, with … for what is filled in
 */
record LogMessage(String module, String level, String text) {
  private static final Pattern CALL = Pattern.compile("\\b(?:LOG|log)\\.(info|warn|error)\\(\\s*");

  /** A part of a text that is put together: a literal, or a name or call. */
  private static final Pattern PART =
      Pattern.compile("\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|[\\w.]+(?:\\([^()]*\\))?)\\s*(\\+?)");

  private static final Set<String> NOT_IN_ARCHIVES = Set.of("benchmarks", "deploy", "quickstart");

  /** The messages of all modules, in order. */
  static Set<LogMessage> of(Path root) throws IOException {
    Set<LogMessage> messages =
        new TreeSet<>(
            Comparator.comparing(LogMessage::module)
                .thenComparing(LogMessage::level)
                .thenComparing(LogMessage::text));
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.toList()) {
        Path sources = module.resolve("src/main/java");
        String name = module.getFileName().toString();
        if (Files.isDirectory(sources) && !NOT_IN_ARCHIVES.contains(name)) {
          try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
              read(name, Files.readString(file), messages);
            }
          }
        }
      }
    }
    return messages;
  }

  private static void read(String module, String source, Set<LogMessage> messages) {
    Matcher call = CALL.matcher(source);
    while (call.find()) {
      String text = message(source, call.end());
      // Messages that are wholly filled in are those of errors, which name cause and remedy.
      if (text.replaceAll("[^A-Za-z]", "").length() > 3) {
        messages.add(new LogMessage(module, call.group(1).toUpperCase(Locale.ROOT), text));
      }
    }
  }

  private static String message(String source, int start) {
    StringBuilder text = new StringBuilder();
    Matcher part = PART.matcher(source);
    int at = start;
    while (part.find(at) && part.start() == at) {
      text.append(part.group(1) == null ? "{}" : part.group(1));
      at = part.end();
      if (part.group(2).isEmpty()) {
        break;
      }
    }
    return text.toString().replace("{}", "…").replace("\\\"", "\"");
  }

  /** The messages as a table in Markdown. */
  static String table(Set<LogMessage> messages) {
    StringBuilder table = new StringBuilder("| Module | Level | Message |\n|---|---|---|\n");
    for (LogMessage message : messages) {
      table.append("| ").append(message.module()).append(" | ").append(message.level());
      table.append(" | ").append(message.text().replace("|", "\\|")).append(" |\n");
    }
    return table.toString();
  }

  /** The beginnings of messages that the first column of a table in a page has as code. */
  static List<String> explained(String page) {
    return page.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .toList();
  }
}
