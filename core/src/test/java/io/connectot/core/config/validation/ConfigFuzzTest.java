// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static io.connectot.core.config.validation.Configs.with;
import static io.connectot.core.config.validation.Configs.withTags;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.inventory.TagText;
import io.connectot.core.config.table.TableFile;
import io.connectot.core.config.table.TableRow;
import io.connectot.core.spi.line.LineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is written into a configuration, it is answered by problems and never by an exception.
 */
class ConfigFuzzTest {
  private static final int ROUNDS = 5_000;

  /** What lines are made of, so that chance gets beyond the first word. */
  private static final List<String> WORDS =
      List.of(
          "reg:1",
          "reg:",
          "99999999999",
          "float32",
          "string",
          "boolean",
          "flaot",
          "unit=",
          "unit=°C",
          "scale=",
          "scale=0.1",
          "scale=1e999",
          "offset=NaN",
          "interval=5s",
          "interval=",
          "interval=999999999999h",
          "interval=9999999999999",
          "deadband=5%",
          "deadband=%",
          "deadband=-0",
          "report=all",
          "report=x",
          "heartbeat=1m",
          "length=0x",
          "length=-1",
          "order=cdab",
          "device=press1",
          "device=press1|press9",
          "device=|",
          "=",
          "==",
          "\"",
          "\"\"",
          "\"a b\"",
          " ",
          "  ",
          "\t",
          "\n",
          "\u0000",
          "\uFEFF",
          "\uD800",
          "\uD83D\uDE00",
          "\u00A0",
          "${",
          "}",
          "%s",
          "\\",
          "'",
          "#",
          "/",
          "|",
          ",",
          ";");

  /** What files are made of. */
  private static final List<String> CELLS =
      List.of(
          "name",
          "address",
          "type",
          "device",
          "unit",
          "Unit",
          "order",
          "ordr",
          "asset",
          "press1",
          "press2",
          "a",
          "b",
          "reg:1",
          "reg:2",
          "float32",
          "\"",
          "\"\"",
          "\"x,y\"",
          ",",
          ",",
          ",",
          ";",
          "\t",
          "\n",
          "\n",
          "\n",
          "\r\n",
          "\r",
          "sep=;\n",
          "sep=",
          "\uFEFF",
          "\u0000",
          "°",
          " ",
          "name,address\n");

  private static final List<String> JSON =
      List.of(
          "[",
          "[",
          "]",
          "]",
          "{",
          "{",
          "}",
          "}",
          ",",
          ",",
          ":",
          ":",
          "null",
          "true",
          "1",
          "1e999",
          "-0.0",
          "99999999999999999999999999",
          "\"name\"",
          "\"name\":\"a\"",
          "\"address\":1",
          "\"device\":[\"press1\"]",
          "\"device\":[{}]",
          "\"address\"",
          "\"\"",
          "\" \"",
          "\"type\":\"float32\"",
          "\"x\":\"\\u0000\"",
          "\"",
          "\\",
          "\n",
          " ",
          "//",
          "NaN",
          "{\"name\":\"b\",\"address\":\"reg:2\"}");

  @TempDir Path directory;

  @Test
  void lines() {
    Random random = new Random(1);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String line = text(random, WORDS, " ", 8);
      String name = text(random, WORDS, "", 2);
      accepted += check("tags." + name + "=" + line, with("tags.a" + name, line)) ? 1 : 0;
      check("devices." + name + "=" + line, with("devices." + name, "fake://" + line));
    }
    assertThat(accepted).isBetween(1, ROUNDS - 1);
  }

  @Test
  void linesTakenApart() {
    Random random = new Random(2);
    int parsed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        line.append(
            (char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(96)));
      }
      try {
        TagText text = TagText.parse(line.toString());
        assertThat(text.address()).as("address of %s", line).isNotBlank();
        assertThat(text.options().keySet()).as("options of %s", line).doesNotContain("");
        parsed++;
      } catch (LineException e) {
        assertThat(e).as("message for %s", line).message().isNotBlank();
      }
    }
    assertThat(parsed).isPositive();
  }

  @Test
  void csvFiles() {
    String text =
        "name,address,unit,device\na,reg:1,\"m3, \"\"n\"\"\",press1\nb,2,,\nc,3,,press2\n";
    files(new Random(3), "map.csv", text, CELLS);
  }

  @Test
  void jsonFiles() {
    String text =
        """
        [{"name": "a", "address": "reg:1", "unit": "\\"", "device": ["press1", "press2"]},
         {"name": "b", "address": 2, "unit": null}]
        """;
    files(new Random(4), "map.json", text, JSON);
  }

  /** Spoils a file that works a little; only some pass through the disk, which is slow. */
  private void files(Random random, String name, String working, List<String> parts) {
    int accepted = 0;
    int withoutRows = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = spoil(random, working, parts);
      List<ConfigError> problems = new ArrayList<>();
      List<TableRow> rows =
          TableFile.parse("tags.file", name, text, List.of("name", "address"), problems::add);
      withoutRows += rows.isEmpty() ? 1 : 0;
      assertThat(problems)
          .as(text)
          .allSatisfy(problem -> assertThat(problem.message()).startsWith(name));
      if (round % 10 == 0) {
        Map<String, String> props = withTags(Configs.file(directory, name, text));
        if (random.nextInt(4) == 0) {
          props.put("record.layout", "row");
        }
        accepted += check(text, props) ? 1 : 0;
      }
    }
    assertThat(accepted).isBetween(1, ROUNDS / 10 - 1);
    assertThat(withoutRows).isBetween(1, ROUNDS - 1);
  }

  private static String spoil(Random random, String working, List<String> parts) {
    StringBuilder text = new StringBuilder(working);
    for (int i = random.nextInt(5); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      if (random.nextBoolean()) {
        text.insert(at, parts.get(random.nextInt(parts.size())));
      } else {
        text.delete(at, at + random.nextInt(6));
      }
    }
    return text.toString();
  }

  @Test
  void valuesOfKeys() {
    Random random = new Random(5);
    List<String> keys =
        SourceConfig.definition(new FakeProtocol()).names().stream()
            .filter(key -> !key.endsWith(".file"))
            .sorted()
            .toList();
    for (int round = 0; round < ROUNDS; round++) {
      String key = keys.get(random.nextInt(keys.size()));
      String value = text(random, WORDS, "", 3);
      check(key + "=" + value, with(key, value));
    }
  }

  /** Whether a configuration is accepted. */
  private static boolean check(String what, Map<String, String> props) {
    props.put("validate.connection", "false");
    Config config = ConnectorValidator.validate(new FakeProtocol(), props);
    for (ConfigValue value : config.configValues()) {
      assertThat(value.errorMessages())
          .as(what)
          .noneMatch(message -> message.contains("could not be checked"))
          .noneMatch(message -> message.contains("cannot be parsed ("));
    }
    return config.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
  }

  private static String text(Random random, List<String> parts, String between, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(parts.get(random.nextInt(parts.size()))).append(i > 1 ? between : "");
    }
    return text.toString();
  }
}
