// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for every page of the documentation. */
class DocPagesTest {
  private static final int LONGEST_LINE = 140;
  private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");
  private static final Pattern CLASS_NAME = Pattern.compile("[A-Z][a-z]+[A-Za-z]*");

  static List<DocPage> pages() {
    return DocPage.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void isReadableInATerminal(DocPage page) {
    assertThat(page.lines())
        .filteredOn(line -> !line.startsWith("|"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LONGEST_LINE));
    assertThat(page.lines()).noneMatch(line -> line.endsWith(" ") || line.contains("\t"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksToWhatThereIs(DocPage page) {
    SoftAssertions softly = new SoftAssertions();
    for (String line : page.lines()) {
      Matcher link = LINK.matcher(line);
      while (link.find()) {
        if (!link.group(1).startsWith("http")) {
          softly.assertThat(leadsSomewhere(page, link.group(1))).as(link.group(1)).isTrue();
        }
      }
    }
    softly.assertAll();
  }

  private static boolean leadsSomewhere(DocPage page, String target) {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path self = DocPage.root().resolve(page.path());
    Path path = file.isEmpty() ? self : self.resolveSibling(file).normalize();
    if (!Files.exists(path)) {
      return false;
    }
    if (hash < 0) {
      return true;
    }
    String anchor = target.substring(hash + 1);
    return DocPage.of(DocPage.root().relativize(path).toString()).lines().stream()
        .filter(line -> line.startsWith("#"))
        .anyMatch(heading -> anchor(heading).equals(anchor));
  }

  /** The anchor that GitHub creates for a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namesOnlyClassesThatTheSourcesName(DocPage page) {
    Set<String> words = SourceFiles.words();
    assertThat(page.spans())
        .filteredOn(span -> CLASS_NAME.matcher(span).matches())
        .allSatisfy(name -> assertThat(words.contains(name)).as(name).isTrue());
  }

  static Stream<DocPage.Cell> messages() {
    return Stream.of("docs/modbus.md", "docs/mqtt-sink.md")
        .flatMap(page -> DocPage.of(page).column("Message").stream());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void quotesMessagesAsTheSourcesHaveThem(DocPage.Cell cell) {
    List<String> texts = SourceFiles.texts();
    assertThat(cell.code())
        .isNotEmpty()
        .allSatisfy(
            quote -> {
              String text = quote.replaceAll("^…|…$", "");
              assertThat(texts.stream().anyMatch(source -> source.contains(text)))
                  .as("%s: %s", cell.where(), quote)
                  .isTrue();
            });
  }
}
