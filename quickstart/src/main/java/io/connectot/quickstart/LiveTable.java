// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import io.connectot.quickstart.terminal.Colour;
import io.connectot.quickstart.terminal.Line;
import io.connectot.quickstart.terminal.TerminalSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Shows connectors, tags and what happened lately, in no more lines and columns than a terminal
 * has. Tags that do not fit are shown in turn.
 */
final class LiveTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private static final int CONNECTOR_COLUMNS = 39;
  private static final int MOST_NOTICES = 3;
  private static final int MOST_FAILURES = 2;
  private static final long SECONDS_PER_PAGE = 5;

  private final String head;
  private final Feed.Content content;
  private final TerminalSize size;
  private final Instant now;
  private final List<Line> lines = new ArrayList<>();

  private LiveTable(String head, Feed.Content content, TerminalSize size, Instant now) {
    this.head = head;
    this.content = content;
    this.size = size;
    this.now = now;
  }

  /**
   * The lines of the table, one less than the terminal has, so that the cursor has a line too.
   *
   * @param head the first line
   */
  static List<Line> draw(String head, Feed.Content content, TerminalSize size, Instant now) {
    LiveTable table = new LiveTable(head, content, size, now);
    table.draw();
    return table.lines;
  }

  private void draw() {
    lines.add(new Line().add(head, Colour.BOLD));
    connectors();
    List<Line> end = end();
    tags(size.rows() - 1 - lines.size() - end.size());
    lines.addAll(end);
  }

  /** Failures and notices. */
  private List<Line> end() {
    List<Line> end = new ArrayList<>();
    content.reports().stream()
        .filter(report -> !report.failure().isEmpty())
        .limit(MOST_FAILURES)
        .forEach(
            report -> end.add(new Line().add(report.name() + ": " + report.failure(), Colour.RED)));
    List<Feed.Notice> notices = content.notices();
    notices.subList(Math.max(0, notices.size() - MOST_NOTICES), notices.size()).stream()
        .map(notice -> TIME.format(notice.time()) + " " + notice.text())
        .forEach(notice -> end.add(new Line().add(notice, Colour.NONE)));
    return end;
  }

  private void connectors() {
    List<ConnectorReport> reports =
        content.reports().stream()
            .sorted(
                Comparator.comparing((ConnectorReport report) -> !report.hasFailed())
                    .thenComparing(report -> !report.own()))
            .toList();
    int perLine = Math.max(1, (size.columns() + 2) / (CONNECTOR_COLUMNS + 2));
    int most = Math.max(1, size.rows() / 3) * perLine;
    Line line = new Line();
    for (int i = 0; i < Math.min(reports.size(), most); i++) {
      if (i > 0 && i % perLine == 0) {
        lines.add(line);
        line = new Line();
      }
      boolean rest = i == most - 1 && reports.size() > most;
      if (rest) {
        line.left((reports.size() - i) + " more connectors", CONNECTOR_COLUMNS, Colour.NONE);
      } else {
        connector(line, reports.get(i));
      }
      line.add(i % perLine < perLine - 1 ? "  " : "", Colour.NONE);
    }
    lines.add(line);
  }

  private static void connector(Line line, ConnectorReport report) {
    long running = report.taskStates().stream().filter("RUNNING"::equals).count();
    boolean well =
        report.state().equals("RUNNING")
            && running == report.taskStates().size()
            && !report.taskStates().isEmpty();
    String state = report.hasFailed() ? "FAILED" : report.state();
    line.left(report.name(), 17, report.own() ? Colour.BOLD : Colour.NONE)
        .add(" ", Colour.NONE)
        .left(
            state.isEmpty() ? "starting" : state.toLowerCase(Locale.ROOT),
            8,
            report.hasFailed() ? Colour.RED : well ? Colour.GREEN : Colour.YELLOW)
        .right(running + "/" + report.taskStates().size(), 4, Colour.NONE)
        .right(report.records() + "", 9, Colour.NONE);
  }

  private void tags(int rows) {
    int places = Math.max(1, rows - 1);
    List<Feed.Tag> all = content.tags();
    int pinned = (int) Math.min(places / 2, all.stream().filter(Feed.Tag::own).count());
    List<Feed.Tag> tags = all.subList(pinned, all.size());
    int perPage = places - pinned;
    int pages = Math.max(1, (tags.size() + perPage - 1) / perPage);
    int page = (int) Math.floorMod(now.getEpochSecond() / SECONDS_PER_PAGE, (long) pages);
    int first = page * perPage;
    int last = Math.min(first + perPage, tags.size());
    int statusColumns = Math.max(8, size.columns() - 70);
    String which =
        all.isEmpty()
            ? "NO VALUES YET"
            : "TAG " + (pinned + first + 1) + "-" + (pinned + last) + " OF " + all.size();
    lines.add(
        new Line()
            .left("DEVICE", 13, Colour.BOLD)
            .left(which, 17, Colour.BOLD)
            .right("VALUE", 16, Colour.BOLD)
            .left(" UNIT", 7, Colour.BOLD)
            .left("QUALITY", 10, Colour.BOLD)
            .right("AGE", 6, Colour.BOLD)
            .add(" STATUS", Colour.BOLD));
    all.subList(0, pinned).forEach(tag -> lines.add(row(tag, statusColumns)));
    tags.subList(first, last).forEach(tag -> lines.add(row(tag, statusColumns)));
    for (int empty = last - first; empty < perPage; empty++) {
      lines.add(new Line());
    }
  }

  private Line row(Feed.Tag tag, int statusColumns) {
    Reading reading = tag.reading();
    return new Line()
        .left(reading.device(), 12, tag.own() ? Colour.BOLD : Colour.NONE)
        .add(" ", Colour.NONE)
        .left(reading.tag(), 17, Colour.NONE)
        .right(reading.value(), 16, Colour.NONE)
        .add(" ", Colour.NONE)
        .left(reading.unit(), 5, Colour.NONE)
        .add(" ", Colour.NONE)
        .left(reading.quality(), 9, colour(reading.quality()))
        .right(age(Duration.between(reading.timestamp(), now)), 7, Colour.NONE)
        .add(" ", Colour.NONE)
        .left(reading.status(), statusColumns, Colour.NONE);
  }

  /** One line about a connector, for an output that is not a terminal. */
  static String summary(ConnectorReport report, Instant now) {
    return String.format(
        Locale.ROOT,
        "%s  %-20s %s, %d records, %d BAD%s",
        TIME.format(now),
        report.name(),
        report.states(),
        report.records(),
        report.bad(),
        report.failure().isEmpty() ? "" : ": " + report.failure());
  }

  private static Colour colour(String quality) {
    return switch (quality) {
      case "GOOD" -> Colour.GREEN;
      case "BAD" -> Colour.RED;
      default -> Colour.YELLOW;
    };
  }

  private static String age(Duration age) {
    double seconds = Math.max(0, age.toMillis()) / 1000.0;
    return seconds < 100
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.0f min", seconds / 60);
  }
}
