// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java sources of the repository. */
public final class SourceFiles {
  private static final String ESCAPED_QUOTE = "\u0001";
  private static final Pattern NO_WORD = Pattern.compile("\\W+");

  private SourceFiles() {}

  /** Every word of the sources, including tests. They are read once. */
  public static Set<String> words() {
    return Words.ALL;
  }

  /** Initialized by the first use. */
  private static final class Words {
    static final Set<String> ALL =
        files()
            .flatMap(file -> NO_WORD.splitAsStream(read(file)))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The texts of the main sources, one per file. Concatenated literals are joined, with {@code …}
   * for every expression between them and for every <code>{}</code> of a log message.
   */
  public static List<String> texts() {
    return files()
        .filter(file -> file.toString().replace('\\', '/').contains("/src/main/"))
        .map(SourceFiles::texts)
        .toList();
  }

  private static String texts(Path file) {
    return read(file)
        .replace("\\\"", ESCAPED_QUOTE)
        .replaceAll("\"\\s*\\+\\s*\"", "")
        .replaceAll("\"\\s*\\+[^\";]*\\+\\s*\"", "…")
        .replace("{}", "…")
        .replace(ESCAPED_QUOTE, "\"");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files() {
    try (Stream<Path> modules = Files.list(DocPage.root())) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .toList()
          .stream()
          .flatMap(SourceFiles::walk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
