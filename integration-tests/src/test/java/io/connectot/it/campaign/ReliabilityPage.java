// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Writes the results of long runs into the reliability page. */
public final class ReliabilityPage {
  private static final Path PAGE = Path.of("..", "docs", "reliability.md");

  private ReliabilityPage() {}

  /** Replaces the table of the campaign, and the line with its commit and environment. */
  static void write(List<Row> rows) throws IOException {
    write("campaign", Table.of(rows));
  }

  /**
   * Replaces the lines of a run by the line with its commit and environment, and its results.
   *
   * @param run the name in the markers of the page
   */
  public static void write(String run, List<String> results) throws IOException {
    List<String> generated = new ArrayList<>();
    generated.add(origin());
    generated.add("");
    generated.addAll(results);
    Files.writeString(PAGE, replaced(Files.readString(PAGE), run, generated));
  }

  /** The page with other lines between the two markers of a run. */
  static String replaced(String page, String run, List<String> generated) {
    String beginMarker = "<!-- %s: the run writes the following lines -->".formatted(run);
    int begin = page.indexOf(beginMarker);
    int end = page.indexOf("<!-- %s: end -->".formatted(run));
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page does not have the marker " + beginMarker);
    }
    return page.substring(0, begin + beginMarker.length())
        + "\n\n"
        + String.join("\n", generated)
        + "\n\n"
        + page.substring(end);
  }

  private static String origin() throws IOException {
    String commit = git("rev-parse", "--short", "HEAD");
    boolean changed = !git("status", "--porcelain").isEmpty();
    return "Commit %s%s, %s, %d processors, Java %s, Kafka %s."
        .formatted(
            commit,
            changed ? " with changes" : "",
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            System.getProperty("kafka.version"));
  }

  private static String git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    try (var output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
