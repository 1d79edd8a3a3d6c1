// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.ConfigError;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSourceConfigTest {
  private static Map<String, String> props(String... settings) {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", "tcp://broker");
    props.put("topic", "plant");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    return props;
  }

  @Test
  void subscriptionsComeInTheOrderOfTheirNames() {
    MqttSourceConfig config =
        new MqttSourceConfig(
            props(
                "mqtt.qos", "0",
                "mqtt.retained", "only-new",
                "subscriptions.b", "$share/g/b/+ qos=2 retained=skip",
                "subscriptions.a", "\"a b/#\""));
    assertThat(config.subscriptions())
        .containsExactly(
            new SourceSubscription("a", "a b/#", 0, RetainedPolicy.ONLY_NEW),
            new SourceSubscription("b", "$share/g/b/+", 1, RetainedPolicy.SKIP));
    assertThat(config.connection().endpoint()).isEqualTo("tcp://broker:1883");
    assertThat(config.connectorName()).isEqualTo("mqtt-source");
  }

  @Test
  void subscriptionsMayBeLinesOfOneValue() {
    MqttSourceConfig config =
        new MqttSourceConfig(
            props(
                "subscriptions.b", "b/#",
                "subscriptions",
                    "c=c/# qos=0\r\n\n  # spare=x/#\n a = \"a b/#\" match=(.*)= retained=skip"));
    assertThat(config.subscriptions())
        .containsExactly(
            new SourceSubscription("a", "a b/#", 1, RetainedPolicy.SKIP),
            new SourceSubscription("b", "b/#", 1, RetainedPolicy.TAKE),
            new SourceSubscription("c", "c/#", 0, RetainedPolicy.TAKE));
    assertThat(MqttSourceConfig.definition().names()).contains("subscriptions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b/#                     | line 2: 'b/#' has no name; write <name>=",
        "b=b/# qso=1             | line 2 (b): unknown option 'qso', did you mean qos",
        "b=b/# format=object x   | line 2 (b): ",
        "a=b/#                   | line 2: 'a' is also on line 1; rename one",
        "k=b/#                   | line 2 (k): 'k' is also subscriptions.k; rename one",
        "b=a/# qos=0             | line 2 (b): 'a/#' is also the filter of subscriptions line 1"
            + " (a)",
        "b=b/# topic=news        | line 2 (b): makes the topic",
        "b=b/# retained=only-new | line 2 (b): only-new needs mqtt.version=5",
        "b=b/# format=json       | subscriptions line 2 (b)",
      })
  void anErrorNamesTheLineOfTheValue(String line, String says) {
    Map<String, String> props =
        props(
            "subscriptions", "a=a/#\n" + line,
            "subscriptions.k", "k/#",
            "mqtt.version", "3",
            "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    if (line.contains("news")) {
      props.put("status.topic", "news");
      props.remove("value.converter");
    }

    assertThat(MqttSourceConfig.unchecked(props).problems())
        .singleElement()
        .satisfies(
            problem -> {
              if (!line.contains("json")) {
                assertThat(problem.key()).isEqualTo("subscriptions");
              }
              assertThat(problem.message()).contains(says);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n# a=a/#\n"})
  void aValueWithoutLinesIsNoSubscription(String value) {
    assertThat(MqttSourceConfig.unchecked(props("subscriptions", value)).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("subscriptions");
              assertThat(problem.message()).contains("there are no subscriptions");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status.topic          | plant                  | topic makes too",
        "gap.topic             | plant                  | topic makes too",
        "mqtt.deadletter.topic | plant                  | topic makes too",
        "mqtt.deadletter.topic | news                   | status.topic makes too",
        "gap.topic             | n_ews                  | only in '.' and '_'",
        "subscriptions.s       | plant/x topic=news     | status.topic makes too",
        "subscriptions.s       | plant/x topic=rest     | mqtt.deadletter.topic makes too",
        "subscriptions.s       | plant/x topic=p.x_y    | only in '.' and '_'",
      })
  void aKafkaTopicHasOneSchema(String key, String value, String says) {
    Map<String, String> props =
        props(
            "subscriptions.s", "plant/x topic=${topic}",
            "subscriptions.t", "plant/y topic=p_x.y",
            "status.topic", value.equals("n_ews") ? "n.ews" : "news",
            "mqtt.poison", "deadletter",
            "mqtt.deadletter.topic", "rest");
    props.put(key, value);

    List<ConfigError> problems = MqttSourceConfig.unchecked(props).problems();

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).contains("topic", says);
  }

  @Test
  void subscriptionsMayShareATopic() {
    assertThat(
            MqttSourceConfig.unchecked(
                    props(
                        "subscriptions.s", "plant/x topic=plant",
                        "subscriptions.t", "plant/y topic=plant",
                        "subscriptions.u", "plant/z"))
                .problems())
        .isEmpty();
  }

  @Test
  void qos2IsAskedForOnlyWhenToldTo() {
    Map<String, String> props =
        props("mqtt.qos2", "handshake", "subscriptions.a", "a/# qos=2", "subscriptions.b", "b/#");
    assertThat(new MqttSourceConfig(props).subscriptions())
        .extracting(SourceSubscription::qos)
        .containsExactly(2, 1);
    props.remove("mqtt.qos2");
    assertThat(new MqttSourceConfig(props).subscriptions())
        .extracting(SourceSubscription::qos)
        .containsExactly(1, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plant/a+/x                     | +",
        "plant/#/x                      | #",
        "plant/# qos=3                  | qos=3",
        "plant/# format=jason           | json",
        "plant/# qso=1                  | did you mean qos",
        "plant/# pressure=1             | match",
        "plant/+/x topic=plant.${3}     | ${3}",
        "plant/x topic=plant.${1}       | no wildcard",
        "plant/x topic=plant.${topic[2]}| levels 0 to 1",
        "plant/x topic=plant.${topik}   | did you mean ${topic}",
        "plant/x topic=plant.${device}  | ${device}",
        "plant/x topic=..               | not a legal Kafka topic",
        "plant/x topic=plant/x          | contains '/'",
        "plant/x topic=__x              | begins with '__'",
        "plant/x match=(                | regular expression",
        "plant/x key=tpoic              | did you mean topic",
        "plant/x key=/device            | format=json",
        "plant/x value=/v               | format=measurement",
        "plant/x compression=zip        | gzip",
        "plant/x retained=never         | only_new",
        "plant format=measurement       | ${topic[-2]}",
        "plant/x format=measurement value=v             | JSON Pointer",
        "plant/x format=measurement time.zone=Mars      | time zone",
        "plant/x format=measurement time.format=jjj     | pattern",
        "plant/x format=measurement type=flaot32        | did you mean float32",
        "plant/x format=measurement type=bytes          | float64",
        "plant/x format=measurement quality.map=0       | 0:good",
        "plant/x format=measurement values=/v tag=x     | remove 'tag'",
        "plant/x format=measurement key=topic           | path",
      })
  void saysWhatIsWrongWithALine(String line, String expected) {
    List<ConfigError> problems =
        MqttSourceConfig.unchecked(props("subscriptions.s", line)).problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).key()).isEqualTo("subscriptions.s");
    for (String part : List.of(expected)) {
      assertThat(problems.get(0).message()).contains(part);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic         | plant.${tpoic}  | ${topic}",
        "topic         | plant.${1}      | subscriptions.s",
        "topic         | plant.${device} | ${device}",
        "mqtt.key      | /id             | format=json",
        "record.layout | row             | measurement or value",
        "mqtt.deadletter.topic | dead    | mqtt.poison=deadletter",
        "reconnect.backoff.max.ms | 1    | reconnect.backoff.ms",
        "mqtt.measurement.device | ${topik} | ${topic}",
      })
  void saysWhichKeyOfTheConnectorIsWrong(String key, String value, String expected) {
    Map<String, String> props = props("subscriptions.s", "plant/x", key, value);
    if (key.startsWith("mqtt.measurement")) {
      props.put("mqtt.format", "measurement");
    }
    List<ConfigError> problems = MqttSourceConfig.unchecked(props).problems();
    assertThat(problems).extracting(ConfigError::key).containsExactly(key);
    assertThat(problems.get(0).message()).contains(expected);
    assertThatThrownBy(() -> new MqttSourceConfig(props))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(key, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt.measurement.time.zone, Mars, time zone",
    "mqtt.measurement.time.format, {, pattern",
    "mqtt.measurement.type, flaot32, float32",
    "mqtt.measurement.quality.map, 0, 0:good"
  })
  void refusesWrongValuesOfMeasurementKeysWhateverTheFormat(
      String key, String value, String expected) {
    Map<String, String> props = props("subscriptions.s", "plant/x", key, value);
    for (String format : List.of("bytes", "measurement")) {
      props.put("mqtt.format", format);
      assertThatThrownBy(() -> new MqttSourceConfig(props))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll(key, expected);
    }
  }

  @Test
  void saysThatTheStatusTopicIsWrong() {
    Map<String, String> props = props("subscriptions.s", "plant/x", "status.topic", "${tag}");
    assertThat(MqttSourceConfig.definition().validateAll(props).get("status.topic").errorMessages())
        .singleElement()
        .asString()
        .contains("status.topic", "${device}");
    assertThatThrownBy(() -> new MqttSourceConfig(props))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("status.topic", "${device}");
  }

  @Test
  void wantsSubscriptionsThatCanBeToldApart() {
    assertThat(MqttSourceConfig.unchecked(props()).problems())
        .extracting(ConfigError::key)
        .containsExactly("subscriptions");
    assertThat(
            MqttSourceConfig.unchecked(
                    props("subscriptions.a", "x/+", "subscriptions.b", "$share/g/x/+"))
                .problems())
        .singleElement()
        .asString()
        .contains("subscriptions.b", "subscriptions.a");
    assertThat(MqttSourceConfig.unchecked(props("subscriptions.unmatched", "x")).problems())
        .singleElement()
        .asString()
        .contains("another name");
  }

  @Test
  void onlyNewNeedsMqtt5() {
    assertThat(
            MqttSourceConfig.unchecked(
                    props("mqtt.version", "3", "subscriptions.a", "x retained=only-new"))
                .problems())
        .singleElement()
        .asString()
        .contains("subscriptions.a", "mqtt.version=5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt.foo", "mqtt.host", "mqtt.x", "mqtt.some.thing"})
  void suggestsNoKeyThatIsFar(String key) {
    assertThat(MqttSourceConfig.unknownKeys(props(key, "x")))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .startsWith("unknown key")
                    .doesNotContain("did you mean"));
  }

  @ParameterizedTest
  @CsvSource({
    "subscriptons.a, subscriptions.a",
    "mqtt.brokr, mqtt.brokers",
    "subscription.a, subscriptions.a",
    "subscription, subscriptions",
    "mqtt.formt, mqtt.format",
    "mqtt.something, mqtt.brokers",
    "bufer.max.records, buffer.max.records"
  })
  void findsMisspeltKeys(String key, String meant) {
    assertThat(MqttSourceConfig.unknownKeys(props(key, "x")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo(key);
              assertThat(problem.message()).contains(meant);
            });
    assertThat(MqttSourceConfig.unknownKeys(props("subscriptions.x", "x", "name", "n"))).isEmpty();
  }

  static List<ConfigDef.ConfigKey> keys() {
    return List.copyOf(MqttSourceConfig.definition().configKeys().values());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsDescribed(ConfigDef.ConfigKey key) {
    assertThat(key.documentation).as(key.name).isNotBlank();
    assertThat(key.group).as(key.name).isNotBlank();
    assertThat(key.displayName).as(key.name).isNotEqualTo(key.name);
    if (key.validator != null) {
      assertThat(key.validator.toString()).as(key.name).doesNotContain("@");
    }
  }
}
