// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.mqtt.source.MqttSourceValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** Validation with a test message. No broker runs. */
class DryRunTest {
  private static Config validate(String topic, String payload, String... lines) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "plant");
    props.put("mqtt.brokers", "tcp://127.0.0.1:1");
    props.put("topic", "plant.${device}");
    for (int i = 0; i < lines.length; i++) {
      props.put("subscriptions.s" + i, lines[i]);
    }
    props.put("mqtt.test.topic", topic);
    props.put("mqtt.test.payload", payload);
    return MqttSourceValidator.validate(props);
  }

  private static ConfigValue value(Config config, String name) {
    return config.configValues().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode records(Config config) throws Exception {
    return new ObjectMapper().readTree((String) value(config, "mqtt.test.records").value());
  }

  @Test
  void showsTheRecordsOfAMessage() throws Exception {
    Config config =
        validate(
            "hall/press1",
            "{\"temp\":21.5,\"on\":\"ON\",\"at\":\"2026-11-28T21:00:00Z\"}",
            "hall/+ format=object time=/at map=ON:true unit=temp=°C");
    assertThat(config.configValues()).allMatch(value -> value.errorMessages().isEmpty());
    JsonNode records = records(config);
    assertThat(records).hasSize(2);
    JsonNode first = records.get(0);
    assertThat(first.path("topic").asText()).isEqualTo("plant.press1");
    assertThat(first.path("key").asText()).isEqualTo("press1/temp");
    assertThat(first.path("headers").path("mqtt.topic").asText()).isEqualTo("hall/press1");
    assertThat(first.path("value").path("value_double").asDouble()).isEqualTo(21.5);
    assertThat(first.path("value").path("unit").asText()).isEqualTo("°C");
    assertThat(records.get(1).path("value").path("value_boolean").asBoolean()).isTrue();
    assertThat(value(config, "mqtt.test.records").recommendedValues()).hasSize(2);
  }

  @Test
  void showsPayloadsThatPassThrough() throws Exception {
    JsonNode json =
        records(validate("a", "{\"x\":[1,null]}", "a format=json topic=t key=none")).get(0);
    assertThat(json.path("value").toString()).isEqualTo("{\"x\":[1,null]}");
    assertThat(json.path("key").isNull()).isTrue();
    JsonNode bytes = records(validate("a", "base64:AQID", "a format=bytes topic=t")).get(0);
    assertThat(bytes.path("value").asText()).isEqualTo("AQID");
  }

  @Test
  void saysWhyAMessageMakesNoRecords() {
    Config poison = validate("a/b", "{", "a/+ format=object poison=skip");
    assertThat(value(poison, "mqtt.test.payload").errorMessages())
        .singleElement()
        .asString()
        .contains("a/b", "s0", "it ends too early");
    Config unmatched = validate("c", "{}", "a/+ format=object");
    assertThat(value(unmatched, "mqtt.test.topic").errorMessages())
        .singleElement()
        .asString()
        .contains("no subscription");
    Config nothing = validate("a/b", "{\"x\":null}", "a/+ format=object");
    assertThat(nothing.configValues()).allMatch(value -> value.errorMessages().isEmpty());
    assertThat(value(nothing, "mqtt.test.records").value()).isEqualTo("[]");
    Config base64 = validate("a/b", "base64:*", "a/+ format=object");
    assertThat(value(base64, "mqtt.test.payload").errorMessages()).isNotEmpty();
  }

  @Test
  void isNotDoneWithOtherErrors() {
    Config config = validate("a/b", "{}", "a/+ format=objects");
    assertThat(value(config, "subscriptions.s0").errorMessages()).isNotEmpty();
    assertThat(value(config, "mqtt.test.records").value()).isEqualTo("");
    assertThat(List.copyOf(value(config, "mqtt.test.payload").errorMessages())).isEmpty();
  }
}
