// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.contract.tally.TallyProtocol;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.junit.jupiter.api.Test;

class OptionsTableTest {
  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              "b",
              ConfigDef.Type.INT,
              5,
              Range.atLeast(1),
              Importance.LOW,
              "Of <b>|x.",
              "One",
              2,
              Width.SHORT,
              "B")
          .define(
              "a", ConfigDef.Type.STRING, Importance.HIGH, "Must be.", "One", 1, Width.SHORT, "A")
          .define(
              "c",
              ConfigDef.Type.LIST,
              "x,y",
              Importance.MEDIUM,
              "Many.",
              "Two",
              1,
              Width.SHORT,
              "C")
          .define(
              "d",
              ConfigDef.Type.BOOLEAN,
              true,
              Importance.MEDIUM,
              "Or not.",
              "Two",
              2,
              Width.SHORT,
              "D")
          .define(
              "e",
              ConfigDef.Type.PASSWORD,
              null,
              Importance.MEDIUM,
              "Hush.",
              "Two",
              3,
              Width.SHORT,
              "E");

  @Test
  void hasATableAGroupInTheOrderOfItsKeys() {
    assertThat(OptionsTable.markdown(DEFINITION))
        .isEqualTo(
            """
            ### One

            | Name | Type | Default | Valid values | Importance | Documentation |
            |---|---|---|---|---|---|
            | `a` | string | required | any | high | Must be. |
            | `b` | int | `5` | [1,...] | low | Of &lt;b>\\|x. |

            ### Two

            | Name | Type | Default | Valid values | Importance | Documentation |
            |---|---|---|---|---|---|
            | `c` | list | `x,y` | any | medium | Many. |
            | `d` | boolean | `true` | true, false | medium | Or not. |
            | `e` | password | none | any | medium | Hush. |
            """);
  }

  @Test
  void tellsWhichGroupsThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptionsTable.markdown(DEFINITION, "Three"))
        .withMessageContaining("Three")
        .withMessageContaining("[One, Two]");
  }

  @Test
  void hasEveryKeyOfAConnector() {
    ConfigDef definition = SourceConfig.definition(new TallyProtocol());

    String text = OptionsTable.markdown(definition);

    assertThat(definition.names())
        .allSatisfy(key -> assertThat(text).contains("| `" + key + "` |"));
    assertThat(text).contains("### Devices and tags").contains("&lt;uns.path>").doesNotContain("@");
  }
}
