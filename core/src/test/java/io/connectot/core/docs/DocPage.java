// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown page of the documentation. Paths are relative to the repository, whose root is found
 * from the working directory of a module's tests.
 *
 * <p>Generated parts are between {@code <!-- generated: name -->} and {@code <!-- end -->}. {@link
 * #assertGenerated} compares such a part with the code, or writes it if the system property {@code
 * docs.update} is set.
 */
public final class DocPage {
  private static final String UPDATE = "docs.update";
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

  private final String path;
  private final List<String> lines;

  private DocPage(String path, List<String> lines) {
    this.path = path;
    this.lines = List.copyOf(lines);
  }

  /**
   * A fenced block of code.
   *
   * @param language the language after the fence
   * @param where page and line, for messages
   * @param before the line before the fence
   * @param text the lines between the fences, each ending in a line feed
   */
  public record Block(String language, String where, String before, String text) {}

  /**
   * A cell of a table.
   *
   * @param where page and line, for messages
   * @param code the spans of code in it
   */
  public record Cell(String where, List<String> code) {}

  /** The root directory of the repository. */
  public static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
      assertThat(directory).as("a directory with mvnw in it").isNotNull();
    }
    return directory;
  }

  /** A page by its path in the repository. */
  public static DocPage of(String path) {
    return new DocPage(path, read(path).lines().toList());
  }

  /** README.md and every page of docs/. */
  public static List<DocPage> all() {
    try (Stream<Path> files = Files.list(root().resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md"),
              files
                  .map(file -> "docs/" + file.getFileName())
                  .filter(name -> name.endsWith(".md"))
                  .sorted())
          .map(DocPage::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text file of the repository. */
  public static String read(String path) {
    try {
      return Files.readString(root().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String path() {
    return path;
  }

  public List<String> lines() {
    return lines;
  }

  /** The blocks of code in a language. */
  public List<Block> blocks(String language) {
    return blocks().stream().filter(block -> block.language().equals(language)).toList();
  }

  /** The blocks of code in any language, in the order of the page. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        int start = i;
        StringBuilder text = new StringBuilder();
        while (!lines.get(++i).equals("```")) {
          text.append(lines.get(i)).append('\n');
        }
        blocks.add(
            new Block(
                lines.get(start).substring(3),
                path + ":" + (start + 1),
                start == 0 ? "" : lines.get(start - 1),
                text.toString()));
      }
    }
    return blocks;
  }

  /** The cells of all table columns of a heading, without the heading. */
  public List<Cell> column(String heading) {
    List<Cell> cells = new ArrayList<>();
    int column = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("|")) {
        column = -1;
        continue;
      }
      List<String> row = Arrays.stream(line.split("(?<!\\\\)\\|")).map(String::trim).toList();
      boolean first = i == 0 || !lines.get(i - 1).startsWith("|");
      if (first) {
        column = row.indexOf(heading);
      } else if (column >= 0 && !line.startsWith("|---")) {
        cells.add(new Cell(path + ":" + (i + 1), spans(row.get(column))));
      }
    }
    return cells;
  }

  /** The spans of code on all lines outside of blocks. */
  public List<String> spans() {
    List<String> spans = new ArrayList<>();
    boolean block = false;
    for (String line : lines) {
      block ^= line.startsWith("```");
      if (!block) {
        spans.addAll(spans(line));
      }
    }
    return spans;
  }

  /**
   * Checks the generated part of the page between two markers.
   *
   * @param name the name in the first marker
   * @param expected the text generated by the code, ending in a line feed
   */
  public void assertGenerated(String name, String expected) {
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "<!-- end -->";
    String text = read(path);
    int from = text.indexOf(begin) + begin.length();
    assertThat(from)
        .as("%s has a line %s", path, begin.trim())
        .isGreaterThanOrEqualTo(begin.length());
    int to = text.indexOf(end, from);
    assertThat(to).as("%s has %s after %s", path, end, begin.trim()).isPositive();
    if (System.getProperty(UPDATE) != null) {
      write(path, text.substring(0, from) + expected + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("%s is out of date; run the tests again with -D%s", path, UPDATE)
        .isEqualTo(expected);
  }

  private static void write(String path, String text) {
    try {
      Files.writeString(root().resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> spans(String line) {
    List<String> spans = new ArrayList<>();
    Matcher matcher = SPAN.matcher(line);
    while (matcher.find()) {
      spans.add(matcher.group(1).replace("\\|", "|"));
    }
    return spans;
  }
}
