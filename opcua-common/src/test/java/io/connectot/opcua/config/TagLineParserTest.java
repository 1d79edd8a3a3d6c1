// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.inventory.TagText;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.opcua.config.ItemSettings.ItemDeadband;
import io.connectot.opcua.config.ItemSettings.Trigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagLineParserTest {
  @Test
  void leavesToTheConnectorWhatTheLineDoesNotSay() throws Exception {
    ParsedTag<OpcUaTag> tag = parse("nsu=urn:plant;s=Press1.Temp");

    assertThat(tag.address().node()).hasToString("nsu=urn:plant;s=Press1.Temp");
    assertThat(tag.address().declared()).isEmpty();
    assertThat(tag.address().item()).isEqualTo(ItemSettings.DEFAULT);
  }

  @Test
  void readsEveryOption() throws Exception {
    ParsedTag<OpcUaTag> tag =
        parse(
            "ns=3;s=\"Data block\".\"Temp\" float32 sampling=250ms queue=20 discard=newest"
                + " trigger=status-value-timestamp deadband=5% index.range=1,0:3 skip.first=true");

    assertThat(tag.type()).isEqualTo(ValueType.FLOAT32);
    assertThat(tag.address().node()).hasToString("ns=3;s=\"Data block\".\"Temp\"");
    assertThat(tag.address().declared()).contains(ValueType.FLOAT32);
    ItemSettings item = tag.address().item();
    assertThat(item.sampling()).contains(Duration.ofMillis(250));
    assertThat(item.queue()).hasValue(20);
    assertThat(item.discardOldest()).contains(false);
    assertThat(item.trigger()).contains(Trigger.STATUS_VALUE_TIMESTAMP);
    assertThat(item.deadband()).contains(new ItemDeadband(5, true));
    assertThat(item.indexRange()).contains("1,0:3");
    assertThat(item.skipFirst()).contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0ms"})
  void takesZeroForTheFastestSampling(String sampling) throws Exception {
    assertThat(parse("i=2258 sampling=" + sampling).address().item().sampling())
        .contains(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i=2258 flaot32 | unknown type 'flaot32', did you mean float32?",
        "i=2258 real | unknown type 'real'; leave it out",
        "i=2258 sampling=-1 | sampling=-1: must be a time",
        "i=2258 queue=0 | queue=0: must be a whole number from 1 to 1000000",
        "i=2258 discard=all | discard=all: must be one of oldest, newest",
        "i=2258 trigger=value | must be one of status, status_value, status_value_timestamp",
        "i=2258 deadband=101% | deadband=101%: must be",
        "i=2258 deadband=-1 | deadband=-1: must be",
        "i=2258 deadband=% | deadband=%: must be",
        "i=2258 deadband=1d | deadband=1d: must be",
        "i=2258 index.range=3:1 | index.range=3:1: must be",
        "i=2258 index.range=1,,2 | index.range=1,,2: must be",
        "i=2258 index.range=1:2:3 | index.range=1:2:3: must be",
        "i=2258 skip.first=yes | skip.first=yes: must be true or false",
        "Temp | 'Temp' is no node id"
      })
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  private static ParsedTag<OpcUaTag> parse(String line) throws LineException {
    TagText text = TagText.parse(line);
    return TagLineParser.parse(
        new TagLine("tag", text.address(), text.type(), new LineOptions(text.options())));
  }
}
