// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGlobTest {
  @ParameterizedTest
  @CsvSource({
    "**, a, true",
    "**, a/b/c, true",
    "Temp, a/b/Temp, true",
    "Temp, Temp, true",
    "Temp, Temp/a, false",
    "T*, a/Temp, true",
    "Press?/Temp, Press1/Temp, true",
    "Press?/Temp, Press12/Temp, false",
    "Press*/Temp, a/Press1/Temp, false",
    "a/**, a, true",
    "a/**, a/b/c, true",
    "a/**/c, a/c, true",
    "a/**/c, a/b/b/c, true",
    "a/**/c, a/b/b/d, false",
    "**/b/**/d, a/b/c/b/d, true",
    "*a*b*, xxaxxbxx, true",
    "*ab, aab, true",
    "*a*b, xaxbx, false"
  })
  void matchesPathsLevelByLevel(String pattern, String path, boolean matches) throws Exception {
    assertThat(PathGlob.parse(pattern).matches(List.of(path.split("/", -1)))).isEqualTo(matches);
  }

  @Test
  void takesBlanksAndDotsForWhatTheyAre() throws Exception {
    assertThat(PathGlob.parse("a.b/c d").matches(List.of("a.b", "c d"))).isTrue();
    assertThat(PathGlob.parse("a.b").matches(List.of("axb"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "a**", "a/**b"})
  void refusesWhatMatchesNothingThatIsMeant(String pattern) {
    assertThatThrownBy(() -> PathGlob.parse(pattern)).isInstanceOf(LineException.class);
  }
}
