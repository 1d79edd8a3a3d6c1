// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final String ERASES_SCROLLBACK = "\u001b[3J";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
  private TerminalSize size = TerminalSize.USUAL;

  @Test
  void drawsOverItsOwnLinesOnly() {
    Screen screen = new Screen(out, () -> size, true);

    screen.draw(List.of(line("one"), line("two")));
    assertThat(drawn()).isEqualTo("\r\u001b[Kone\n\u001b[Ktwo\n\u001b[J");
    screen.draw(List.of(line("three")));
    assertThat(drawn()).isEqualTo("\u001b[2A\r\u001b[Kthree\n\u001b[J");
  }

  @Test
  void drawsNoMoreThanFits() {
    Screen screen = new Screen(out, () -> size, false);

    screen.draw(IntStream.range(0, 95).mapToObj(i -> line("x".repeat(300))).toList());

    List<String> lines = drawn().replaceAll("\u001b\\[[0-9]*[A-Z]|\r", "").lines().toList();
    assertThat(lines).hasSize(23).allMatch(line -> line.length() == 80);
  }

  @Test
  void startsAnewInATerminalOfAnotherSizeWithoutErasingWhatScrolledAway() {
    Screen screen = new Screen(out, () -> size, false);
    screen.size();
    screen.draw(List.of(line("one")));
    size = new TerminalSize(40, 10);
    drawn();

    for (int i = 0; i < 10; i++) {
      screen.size();
      screen.draw(List.of(line("y".repeat(80))));
    }

    assertThat(drawn()).contains("\u001b[2J").doesNotContain(ERASES_SCROLLBACK).contains("…");
  }

  @Test
  void respectsWhoWantsNoColour() {
    assertThat(Screen.wantsColour(null)).isTrue();
    assertThat(Screen.wantsColour("")).isTrue();
    assertThat(Screen.wantsColour("1")).isFalse();
    Screen screen = new Screen(out, () -> size, false);
    screen.draw(List.of(new Line().add("BAD", Colour.RED)));
    assertThat(drawn()).doesNotContain("\u001b[31m");
  }

  private String drawn() {
    String text = output.toString(StandardCharsets.UTF_8);
    output.reset();
    return text;
  }

  private static Line line(String text) {
    return new Line().add(text, Colour.NONE);
  }
}
