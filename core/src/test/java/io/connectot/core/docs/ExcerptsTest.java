// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Java excerpts in the documentation must be part of the sources: the line before a block contains
 * the file, a line {@code // …} marks omitted lines, and indentation is ignored.
 */
class ExcerptsTest {
  private static final Pattern SOURCE = Pattern.compile("`([A-Za-z0-9_/.-]+\\.java)`:?");

  static Stream<DocPage.Block> excerpts() {
    return DocPage.all().stream().flatMap(page -> page.blocks("java").stream());
  }

  @ParameterizedTest
  @MethodSource("excerpts")
  void areCutFromTheFileTheyName(DocPage.Block excerpt) {
    Matcher source = SOURCE.matcher(excerpt.before());
    assertThat(source.matches()).as("%s has `<file>.java`: before it", excerpt.where()).isTrue();
    String file = lines(DocPage.read(source.group(1)));
    int from = 0;
    for (String part : parts(excerpt.text())) {
      int at = file.indexOf(part, from);
      assertThat(at).as("%s in %s:%n%s", excerpt.where(), source.group(1), part).isNotNegative();
      from = at + part.length() - 1;
    }
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : ("\n" + lines(text)).split("\n// …(?=\n)", -1)) {
      if (!part.isBlank()) {
        parts.add("\n" + part.strip() + "\n");
      }
    }
    return parts;
  }

  /** The lines without indentation, between line feeds. */
  private static String lines(String text) {
    return "\n" + String.join("\n", text.lines().map(String::strip).toList()) + "\n";
  }
}
