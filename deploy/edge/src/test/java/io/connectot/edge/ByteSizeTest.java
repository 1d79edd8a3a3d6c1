// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({"100, 100", "1k, 1024", "192m, 201326592", "8G, 8589934592", "2gb, 2147483648"})
  void readsSizes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1m", "8 g", "1.5g", "x"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).hasMessage("not a size such as 512m or 8g");
  }
}
