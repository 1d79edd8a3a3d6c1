// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class KeyTest {
  private enum Mode {
    POLL,
    ON_CHANGE
  }

  private static final Key<Mode> MODE = Key.choice("mode", Mode.class, Mode.POLL);
  private static final Key<Integer> RETRIES =
      Key.integer("retries", 3, 0, 10).visibleWhen(MODE, Mode.ON_CHANGE);

  @Test
  void readsTheTypesOfKeys() {
    assertThat(read(Key.string("k", null), " a ")).isEqualTo("a");
    assertThat(read(Key.optional("k", null), " a ")).contains("a");
    assertThat(read(Key.optional("k", "", "a number", KeyTest::number), " 7 ")).contains(7);
    assertThat(read(Key.text("k", "1", "a number", KeyTest::number), " 7 ")).isEqualTo(7);
    assertThat(read(Key.path("k", "", "path of a file"), "/a/b")).contains(Path.of("/a/b"));
    assertThat(read(Key.password("k"), "x")).contains(new Password("x"));
    assertThat(read(Key.flag("k", false), "true")).isTrue();
    assertThat(read(Key.integer("k", 1, 0, 9), "7")).isEqualTo(7);
    assertThat(read(Key.number("k", 1, 0, 9), "7")).isEqualTo(7L);
    assertThat(read(Key.millis("k", 1, 0, Duration.ofSeconds(1)), "7")).hasMillis(7);
    assertThat(read(Key.optionalMillis("k", 1, Duration.ofSeconds(1)), "7"))
        .contains(Duration.ofMillis(7));
    assertThat(read(MODE, " On_Change ")).isEqualTo(Mode.ON_CHANGE);
    assertThat(read(Key.list("k", ""), "a, b")).containsExactly("a", "b");
    assertThat(read(Key.commaSeparated("k", "", "numbers", KeyTest::number), "1,, 2"))
        .containsExactly(1, 2);
  }

  @Test
  void readsDefaults() {
    assertThat(read(Key.string("k", null))).isEmpty();
    assertThat(read(Key.optional("k", null))).isEmpty();
    assertThat(read(Key.optional("k", "", "a number", KeyTest::number))).isEmpty();
    assertThat(read(Key.text("k", "7", "a number", KeyTest::number))).isEqualTo(7);
    assertThat(read(Key.path("k", null, "path of a file"))).isEmpty();
    assertThat(read(Key.password("k"))).isEmpty();
    assertThat(read(Key.flag("k", true))).isTrue();
    assertThat(read(Key.optionalMillis("k", 0, Duration.ofSeconds(1)))).isEmpty();
    assertThat(read(MODE)).isEqualTo(Mode.POLL);
    assertThat(read(Key.list("k", "a,b"))).containsExactly("a", "b");
    assertThat(read(Key.commaSeparated("k", "", "numbers", KeyTest::number))).isEmpty();
    assertThat(read(RETRIES.defaultsTo("5"), Keys.group("G", MODE, RETRIES.defaultsTo("5"))))
        .isEqualTo(5);
  }

  @Test
  void refusesWhatItCannotReadNamingKeyAndValue() {
    refuses(
        Key.integer("k", 1, 0, 9),
        "10",
        "Invalid value 10 for configuration k: must be from 0 to 9");
    refuses(
        Key.millis("k", 1, 1, Duration.ofSeconds(1)),
        "0",
        "Invalid value 0 for configuration k: must be from 1 to 1000");
    refuses(
        MODE,
        "on-chnge",
        "Invalid value on-chnge for configuration mode: must be one of poll, on-change, did you"
            + " mean on-change?");
    refuses(
        Key.optional("k", "", "a number", KeyTest::number),
        "x",
        "Invalid value x for configuration k: is not a number");
    refuses(
        Key.text("k", "1", "a number", KeyTest::number),
        " ",
        "Invalid value  for configuration k: must not be empty: a number");
    refuses(
        Key.commaSeparated("k", "", "numbers", KeyTest::number),
        "1,x",
        "Invalid value 1,x for configuration k: is not a number");
    refuses(
        Key.path("k", "", "path of a file"),
        "a\0b",
        "Invalid value a\0b for configuration k: is not a path: Nul character not allowed");
  }

  @Test
  void leavesToKafkaWhatKafkaCannotParse() {
    Key<Integer> retries = Key.integer("retries", 3, 0, 10);
    Keys keys = Keys.group("G", retries, MODE.visibleUnless(retries, 3));

    assertThat(value(keys, "retries", Map.of("retries", "many")).errorMessages())
        .containsExactly("Invalid value many for configuration retries: Not a number of type INT");
    assertThat(value(keys, "mode", Map.of("retries", "many")).visible()).isTrue();
  }

  @Test
  void hidesConfidentialValuesInErrors() {
    Key<Optional<Integer>> url = Key.optional("k", "", "a number", KeyTest::number).confidential();

    refuses(url, "secret", "Invalid value [hidden] for configuration k: is not a number");
    assertThat(Key.password("p").error(new Password("secret"), "is wrong"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void mustBeSetIfRequired() {
    Key<Integer> key = Key.text("k", null, "a number", KeyTest::number).required();

    assertThatThrownBy(() -> read(key))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("\"k\" which has no default value");
  }

  @Test
  void definesKeysInTheirOrder() {
    ConfigDef definition =
        Keys.of(
                Keys.group(
                    "One",
                    RETRIES
                        .importance(Importance.HIGH)
                        .width(Width.LONG)
                        .display("Retries")
                        .doc("How often."),
                    MODE),
                Keys.group("Two", Key.flag("f", true)),
                Keys.group("One", Key.string("last", null)))
            .definition();

    assertThat(definition.names()).containsExactly("retries", "mode", "f", "last");
    ConfigKey retries = definition.configKeys().get("retries");
    assertThat(retries.type).isEqualTo(ConfigDef.Type.INT);
    assertThat(retries.defaultValue).isEqualTo(3);
    assertThat(retries.importance).isEqualTo(Importance.HIGH);
    assertThat(retries.width).isEqualTo(Width.LONG);
    assertThat(retries.group).isEqualTo("One");
    assertThat(retries.orderInGroup).isEqualTo(1);
    assertThat(retries.displayName).isEqualTo("Retries");
    assertThat(retries.documentation).isEqualTo("How often.");
    assertThat(retries.validator).hasToString("0 to 10");
    assertThat(definition.configKeys().get("last").orderInGroup).isEqualTo(3);
    assertThat(definition.configKeys().get("mode").dependents).containsExactly("retries");
    assertThat(definition.configKeys().get("mode").validator).hasToString("one of poll, on-change");
  }

  @Test
  void offersValuesAndHidesWhatHasNoEffect() {
    Key<Integer> once = Key.integer("once", 1, 0, 9).visibleUnless(MODE, Mode.ON_CHANGE);
    Keys keys = Keys.group("G", MODE, RETRIES.recommending(1, 5), once);

    assertThat(value(keys, "mode", Map.of()).recommendedValues())
        .containsExactly("poll", "on-change");
    assertThat(value(keys, "retries", Map.of()).visible()).isFalse();
    assertThat(value(keys, "retries", Map.of("mode", "ON_CHANGE")).visible()).isTrue();
    assertThat(value(keys, "retries", Map.of("mode", "wrong")).visible()).isFalse();
    assertThat(value(keys, "retries", Map.of()).recommendedValues()).containsExactly(1, 5);
    assertThat(value(keys, "once", Map.of()).visible()).isTrue();
    assertThat(value(keys, "once", Map.of("mode", "on-change")).visible()).isFalse();
    assertThat(value(keys, "once", Map.of("mode", "wrong")).visible()).isTrue();
  }

  @Test
  void refusesToDefineAKeyWithoutTheOneItDependsOn() {
    Keys keys = Keys.group("G", RETRIES);

    assertThatThrownBy(keys::definition)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("retries depends on [mode]");
  }

  @Test
  void variesKeysOfAGroup() {
    Keys keys = Keys.group("G", MODE, RETRIES, Key.flag("f", true));

    Keys varied = keys.with(RETRIES.doc("Other.")).without(Key.flag("f", true));

    assertThat(varied.names()).containsExactly("mode", "retries");
    assertThat(varied.definition().configKeys().get("retries").documentation).isEqualTo("Other.");
    assertThat(varied.definition().configKeys().get("retries").group).isEqualTo("G");
    assertThat(keys.definition().configKeys().get("retries").documentation).isEmpty();
  }

  @Test
  void knowsWhatIsSet() {
    Configuration config =
        Configuration.parse(
            Keys.group("G", MODE, RETRIES).definition(),
            Map.of("mode", "poll", "retries", "4", "lines.b", "2", "lines.a", "1", "name", "c"));

    assertThat(config.isSet(MODE)).isTrue();
    assertThat(config.isChanged(MODE)).isFalse();
    assertThat(config.isChanged(RETRIES)).isTrue();
    assertThat(config.isSet(Key.flag("f", true))).isFalse();
    assertThat(config.lines("lines.")).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(config.connectorName()).contains("c");
    assertThat(config.error(RETRIES, "is too many"))
        .hasMessage("Invalid value 4 for configuration retries: is too many");
    assertThat(config.getOrDefault(Key.flag("f", true))).isTrue();
    assertThatThrownBy(() -> config.get(Key.flag("f", true)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("does not define f");
  }

  private static int number(String text) throws LineException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new LineException("is not a number");
    }
  }

  private static <T> T read(Key<T> key, String text) {
    return Configuration.parse(Keys.group("G", key).definition(), Map.of(key.name(), text))
        .get(key);
  }

  private static <T> T read(Key<T> key) {
    return read(key, Keys.group("G", key));
  }

  private static <T> T read(Key<T> key, Keys keys) {
    return Configuration.parse(keys.definition(), Map.of()).get(key);
  }

  private static void refuses(Key<?> key, String text, String message) {
    assertThatThrownBy(() -> read(key, text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
    assertThat(value(Keys.group("G", key), key.name(), Map.of(key.name(), text)).errorMessages())
        .containsExactly(message);
  }

  private static ConfigValue value(Keys keys, String name, Map<String, String> props) {
    List<ConfigValue> values = keys.definition().validate(props);
    return values.stream().filter(value -> value.name().equals(name)).findFirst().orElseThrow();
  }
}
