// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.quickstart.terminal.Line;
import io.connectot.quickstart.terminal.TerminalSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTableTest {
  private static final String HEAD = "Open http://127.0.0.1:8083/ot/   Ctrl-C stops";
  private static final Instant NOW = Instant.ofEpochSecond(1_000);

  @ParameterizedTest
  @CsvSource({"80, 24", "80, 50", "200, 24", "40, 12", "20, 5"})
  void fitsTheTerminalHoweverMuchThereIs(int columns, int rows) {
    Feed.Content content = content(30, 95, 4);

    List<Line> lines = LiveTable.draw(HEAD, content, new TerminalSize(columns, rows), NOW);

    if (rows >= 24) {
      assertThat(lines).hasSize(rows - 1);
    }
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.text(columns, false).length()).isLessThanOrEqualTo(columns));
    if (columns >= 80) {
      assertThat(lines.subList(0, 10)).allMatch(line -> line.width() <= columns);
    }
  }

  @Test
  void beginsWithTheAddressOfThePage() {
    assertThat(text(content(12, 95, 3)).get(0)).startsWith("Open http://127.0.0.1:8083/ot/");
  }

  @Test
  void showsEveryTagInTurn() {
    Feed.Content content = content(12, 95, 3);
    Set<String> seen = new HashSet<>();
    for (int seconds = 0; seconds < 300; seconds += 5) {
      for (Line line :
          LiveTable.draw(HEAD, content, TerminalSize.USUAL, NOW.plusSeconds(seconds))) {
        String text = line.text(80, false);
        if (text.startsWith("device")) {
          seen.add(text.substring(0, 31));
        }
      }
    }
    assertThat(seen).hasSize(95);
  }

  @Test
  void showsAConnectorOfTheUserAndItsTagsFirst() {
    Feed.Content content = content(12, 95, 0);
    List<ConnectorReport> reports = new ArrayList<>(content.reports());
    reports.add(report("mine", true, "RUNNING", ""));
    List<Feed.Tag> tags = new ArrayList<>();
    tags.add(new Feed.Tag(reading("press", "temperature", "67.125", "GOOD"), true));
    tags.addAll(content.tags());

    List<String> lines = text(new Feed.Content(reports, tags, List.of()));

    assertThat(lines.get(1)).startsWith("mine ").contains("running", "1/1");
    assertThat(String.join("\n", lines)).containsPattern("press +temperature +67.125");
  }

  @Test
  void namesAConnectorThatFailedAndWhy() {
    List<ConnectorReport> reports = new ArrayList<>(content(12, 0, 0).reports());
    reports.add(report("mine", true, "FAILED", "ConnectException: the port is closed"));

    List<String> lines = text(new Feed.Content(reports, List.of(), List.of()));

    assertThat(lines.get(1)).startsWith("mine ").contains("failed");
    assertThat(lines).anyMatch(line -> line.equals("mine: ConnectException: the port is closed"));
  }

  @Test
  void coloursQualities() {
    Feed.Content content =
        new Feed.Content(
            List.of(),
            List.of(
                new Feed.Tag(reading("d", "t", "1", "GOOD"), false),
                new Feed.Tag(reading("d", "u", "", "BAD"), false)),
            List.of());
    String all =
        String.join(
            "",
            LiveTable.draw(HEAD, content, TerminalSize.USUAL, NOW).stream()
                .map(line -> line.text(80, true))
                .toList());

    assertThat(all).contains("\u001b[32mGOOD").contains("\u001b[31mBAD");
  }

  @Test
  void obeysNothingThatAMessageContains() {
    Feed.Content content =
        new Feed.Content(
            List.of(report("c\u001b[2J", true, "FAILED", "\u001b[3Jno\nway")),
            List.of(new Feed.Tag(reading("\u001b[1A", "t\r\n", "\u0007\u009b2J", "GOOD"), false)),
            List.of(new Feed.Notice(NOW, "dead\u001b]0;title\u0007 letter")));

    assertThat(text(content)).allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cc}"));
  }

  private static List<String> text(Feed.Content content) {
    return LiveTable.draw(HEAD, content, TerminalSize.USUAL, NOW).stream()
        .map(line -> line.text(80, false))
        .toList();
  }

  private static Feed.Content content(int connectors, int tags, int notices) {
    List<ConnectorReport> reports = new ArrayList<>();
    for (int i = 0; i < connectors; i++) {
      reports.add(report("connector-with-a-long-name-" + i, false, "RUNNING", ""));
    }
    List<Feed.Tag> readings = new ArrayList<>();
    for (int i = 0; i < tags; i++) {
      readings.add(
          new Feed.Tag(
              reading("device" + i % 9, "tag" + i, "123456789.125".repeat(i % 3), "GOOD"), false));
    }
    List<Feed.Notice> all = new ArrayList<>();
    for (int i = 0; i < notices; i++) {
      all.add(new Feed.Notice(NOW, "press3 is OFFLINE: " + "a long cause ".repeat(20)));
    }
    return new Feed.Content(reports, readings, all);
  }

  private static ConnectorReport report(String name, boolean own, String state, String failure) {
    return new ConnectorReport(
        name,
        own,
        false,
        state,
        List.of(state),
        failure,
        1_234_567,
        1_234_567,
        0,
        OptionalLong.empty(),
        Optional.empty());
  }

  private static Reading reading(String device, String tag, String value, String quality) {
    return new Reading("modbus", device, tag, value, "°C", quality, "", NOW, "{}");
  }
}
