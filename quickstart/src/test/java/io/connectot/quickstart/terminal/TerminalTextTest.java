// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
  @Test
  void leavesNothingThatATerminalObeys() {
    assertThat(TerminalText.plain("a\u001b[2Jb\nc\u009bd\u202ee\ud800")).isEqualTo("a?[2Jb?c?d?e?");
  }

  @Test
  void cutsByColumnsAndNotByCharacters() {
    assertThat(TerminalText.cut("temperature", 5)).isEqualTo("temp…");
    assertThat(TerminalText.cut("°C", 2)).isEqualTo("°C");
    assertThat(TerminalText.cut("温度温度", 5)).isEqualTo("温度…");
    assertThat(TerminalText.cut("x", 0)).isEmpty();
    assertThat(TerminalText.width("温度")).isEqualTo(4);
    assertThat(TerminalText.width("e\u0301")).isEqualTo(1);
  }

  @Test
  void breaksAListIntoLines() {
    assertThat(TerminalText.list("Names  ", List.of("one", "two", "three"), 16))
        .containsExactly("Names  one, two,", "       three");
  }

  @Test
  void aLineIsCutWithItsColours() {
    Line line =
        new Line()
            .left("press1", 8, Colour.NONE)
            .right("21.5", 6, Colour.NONE)
            .add(" GOOD", Colour.GREEN);

    assertThat(line.width()).isEqualTo(19);
    assertThat(line.text(80, false)).isEqualTo("press1    21.5 GOOD");
    assertThat(line.text(80, true)).isEqualTo("press1    21.5\u001b[32m GOOD\u001b[0m");
    assertThat(line.text(16, true)).isEqualTo("press1    21.5\u001b[32m …\u001b[0m");
    assertThat(line.text(8, false)).isEqualTo("press1");
  }

  @Test
  void knowsTheSizeOfATerminal() {
    assertThat(TerminalSize.parse("50 132\n")).isEqualTo(new TerminalSize(132, 50));
    assertThat(TerminalSize.parse("0 0\n")).isEqualTo(TerminalSize.USUAL);
    assertThat(TerminalSize.parse("")).isEqualTo(new TerminalSize(80, 24));
    assertThat(TerminalSize.parse("1 1\n")).isEqualTo(new TerminalSize(20, 5));
  }
}
