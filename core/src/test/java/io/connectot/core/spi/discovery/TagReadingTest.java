// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.inventory.TagText;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.discovery.Finding.Candidate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagReadingTest {
  private static TagReading reading(String address, String type, Map<String, String> options) {
    return new TagReading("", address, type, options, "", Quality.GOOD, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holding:0",
        "nsu=urn:plant;s=Press1.Temp",
        "ns=3;s=\"Data block\".\"Temp\"",
        "ns=3;s=\"odd",
        "\"begins\" with quotes",
        "with  two blanks",
        "<script>alert(1)</script>",
        "#no comment"
      })
  void aLineIsReadBackAsItsParts(String address) throws Exception {
    String line = reading(address, "uint16", Map.of("unit", address)).line();
    assertThat(TagText.parse(line).address()).isEqualTo(address);
    assertThat(TagText.parse(line).type()).contains("uint16");
    assertThat(TagText.parse(line).options()).containsEntry("unit", address);
  }

  @Test
  void valuesAreTextThatPeopleRead() {
    assertThat(TagReading.text(null)).isEmpty();
    assertThat(TagReading.text(new Value.DoubleValue(21.5))).isEqualTo("21.5");
    assertThat(TagReading.text(new Value.EnumValue(2, "Fault"))).isEqualTo("Fault (2)");
    assertThat(TagReading.text(new Value.BytesValue(new byte[] {1, (byte) 0xFE})))
        .isEqualTo("01fe");
    assertThat(
            TagReading.text(
                new Value.ArrayValue(
                    ValueType.INT64, List.of(new Value.LongValue(1), Value.NullValue.NULL))))
        .isEqualTo("[1, ]");
    assertThat(reading("a", "", Map.of()).status()).isEmpty();
    assertThat(
            new TagReading("", "a", "", Map.of(), "x".repeat(10_000), Quality.GOOD, null).value())
        .hasSizeLessThan(300);
  }

  @Test
  void namesAreLegalNamesOfTags() {
    assertThat(Candidate.tag(" a/b\n ", "", reading("a", "", Map.of())).name()).isEqualTo("a_b_");
    assertThat(Candidate.tag(" ", "", reading("a", "", Map.of())).name()).isEqualTo("_");
    assertThat(Candidate.tag("x".repeat(500), "", reading("a", "", Map.of())).name())
        .hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void aRunTakesNoMoreThanItsLimitAndNothingOnceItIsCancelled() throws Exception {
    DiscoveryRun run = new DiscoveryRun(2);
    assertThat(run.add(new Finding.Node("1", "a"))).isTrue();
    assertThat(run.add(new Finding.Node("2", "b"))).isTrue();
    assertThat(run.add(new Finding.Node("3", "c"))).isFalse();
    assertThat(run.isLimited()).isTrue();
    assertThat(run.findings(1)).hasSize(1);
    assertThat(run.findings(99)).isEmpty();

    DiscoveryRun other = new DiscoveryRun(2);
    boolean[] closed = new boolean[2];
    other.closeOnCancel(() -> closed[0] = true);
    other.cancel();
    other.closeOnCancel(() -> closed[1] = true);
    assertThat(closed).containsOnly(true);
    assertThat(other.add(new Finding.Node("1", "a"))).isFalse();
  }
}
