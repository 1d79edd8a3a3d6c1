// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSinkValidatorTest {
  private static Map<String, String> working() {
    Map<String, String> props = new HashMap<>();
    props.put("name", "plant-out");
    props.put("connector.class", "io.connectot.mqtt.MqttSinkConnector");
    props.put("topics", "plant");
    props.put("mqtt.brokers", "tcp://127.0.0.1:1");
    props.put("mqtt.topic", "plant/${key}");
    props.put("validate.connection", "false");
    return props;
  }

  private static Map<String, List<String>> errors(Map<String, String> props) {
    Map<String, List<String>> errors = new TreeMap<>();
    for (ConfigValue value : MqttSinkValidator.validate(props).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  @Test
  void acceptsWhatWorksAndTheKeysOfConnect() {
    Map<String, String> props = working();
    props.put("tasks.max", "2");
    props.put("topics.regex", "plant.*");
    props.put("key.converter", "x");
    props.put("value.converter.schemas.enable", "false");
    props.put("header.converter", "x");
    props.put("errors.tolerance", "all");
    props.put("errors.deadletterqueue.topic.name", "dlq");
    props.put("errors.deadletterqueue.context.headers.enable", "true");
    props.put("errors.retry.timeout", "1");
    props.put("transforms", "a");
    props.put("transforms.a.type", "x");
    props.put("predicates", "b");
    props.put("predicates.b.type", "x");
    props.put("consumer.override.max.poll.records", "10");
    assertThat(errors(props)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt.topic | '' | must not be empty",
        "mqtt.topic | plant/# | wildcard",
        "mqtt.topic | plant/+/${key} | wildcard",
        "mqtt.topic | plant/${kye} | did you mean ${key}?",
        "mqtt.topic | plant/${field.} | ${field.<path>}",
        "mqtt.topic | plant/${key | no closing",
        "mqtt.qos | 3 | must be 0, 1 or 2",
        "mqtt.qos | ${qos} | unknown variable",
        "mqtt.retain | maybe | must be true or false",
        "mqtt.message.expiry.ms | soon | whole milliseconds",
        "mqtt.message.expiry.ms | -1 | whole milliseconds",
        "mqtt.payload.field | a..b | is not a path",
        "mqtt.payload.max.bytes | 0 | must be from 1",
        "mqtt.tombstone | clean | did you mean clear?",
        "mqtt.headers | some | must be one of none, mqtt, all",
        "mqtt.brokers | http://broker | http",
        "buffer.max.records | 0 | must be from 1",
        "mqtt.topics | a/b | did you mean mqtt.topic?",
        "mqtt.retained | true | did you mean mqtt.retain?",
        "mqtt.whatever | 1 | unknown key",
        "reconnect.backoff.max.ms | 10 | less than the first pause",
      })
  void saysWhatIsWrongOnTheGuiltyKey(String key, String value, String message) {
    Map<String, String> props = working();
    props.put(key, value);
    Map<String, List<String>> errors = errors(props);
    assertThat(errors).containsOnlyKeys(key);
    assertThat(errors.get(key)).singleElement().asString().contains(key).contains(message);
  }

  @Test
  void acceptsTheKeysOfResults() {
    Map<String, String> props = working();
    props.put("result.topic", "results");
    props.put("result.producer.bootstrap.servers", "kafka:9092");
    props.put("result.producer.security.protocol", "SSL");
    props.put("result.value.converter", "org.apache.kafka.connect.json.JsonConverter");
    props.put("result.value.converter.schemas.enable", "true");
    assertThat(errors(props)).isEmpty();
    props.put("result.value.converter", "no.such.Converter");
    assertThat(errors(props)).containsOnlyKeys("result.value.converter");
  }

  @Test
  void refusesResultsWithoutAClusterOrAmongTheRecords() {
    Map<String, String> props = working();
    props.put("result.topic", "results");
    assertThat(errors(props).get("result.topic").get(0))
        .contains("result.producer.bootstrap.servers");
    props.put("result.producer.bootstrap.servers", "kafka:9092");
    props.put("topics", "other, results");
    assertThat(errors(props).get("result.topic").get(0)).contains("topics");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(errors(Map.of("topics", "plant"))).containsOnlyKeys("mqtt.brokers", "mqtt.topic");
  }

  @Test
  void refusesWhatMqtt3CannotDo() {
    Map<String, String> props = working();
    props.put("mqtt.version", "3");
    props.put("mqtt.message.expiry.ms", "1000");
    assertThat(errors(props)).containsOnlyKeys("mqtt.message.expiry.ms");
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt.qos, ${header.mqtt.qos}",
    "mqtt.qos, 0",
    "mqtt.retain, ${field.keep}",
    "mqtt.retain, TRUE",
    "mqtt.message.expiry.ms, ${header.ttl}",
    "mqtt.message.expiry.ms, 0",
    "mqtt.payload.field, a.b",
    "mqtt.tombstone, REPORT",
    "mqtt.topic, ${topic}/${partition}/${offset}/${key.id}/${field.a.b}/${header.c.d}"
  })
  void acceptsTemplates(String key, String value) {
    Map<String, String> props = working();
    props.put(key, value);
    assertThat(errors(props)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt.message.expiry.ms", "mqtt.headers"})
  void hidesWhatMqtt3DoesNotHave(String key) {
    assertThat(value(key, "5").visible()).isTrue();
    assertThat(value(key, "3").visible()).isFalse();
  }

  private static ConfigValue value(String key, String version) {
    Map<String, String> props = working();
    props.put("mqtt.version", version);
    return MqttSinkValidator.validate(props).configValues().stream()
        .filter(value -> value.name().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void offersTheChoices() {
    assertThat(value("mqtt.headers", "5").recommendedValues())
        .containsExactly("none", "mqtt", "all");
    assertThat(value("mqtt.qos", "5").recommendedValues()).containsExactly("0", "1", "2");
  }

  @Test
  void connectsAsSomebodyElse() throws Exception {
    BlockingQueue<byte[]> connects = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              connects.add(peer.read(Packets.CONNECT).body());
              peer.send(Packets.connack(5, false, 0));
              peer.ignore();
            })) {
      Map<String, String> props = working();
      props.put("mqtt.brokers", "tcp://127.0.0.1:" + broker.port());
      props.remove("validate.connection");
      assertThat(errors(props)).isEmpty();
    }
    byte[] connect = connects.poll(60, TimeUnit.SECONDS);
    assertThat(new String(connect, StandardCharsets.ISO_8859_1)).contains("plant-out-test-");
  }

  @Test
  void oneBrokerOfSeveralIsEnough() throws Exception {
    try (TestBroker broker = TestBroker.start()) {
      Map<String, String> props = working();
      props.put("mqtt.brokers", "tcp://127.0.0.1:1,tcp://127.0.0.1:" + broker.port());
      props.remove("validate.connection");
      assertThat(errors(props)).isEmpty();
    }
  }

  @Test
  void saysThatNoBrokerIsThere() {
    Map<String, String> props = working();
    props.put("validate.connection", "true");
    Map<String, List<String>> errors = errors(props);
    assertThat(errors).containsOnlyKeys("mqtt.brokers");
    assertThat(errors.get("mqtt.brokers"))
        .singleElement()
        .asString()
        .contains("tcp://127.0.0.1:1")
        .contains("validate.connection=false");
  }

  @Test
  void saysWhatTheBrokerDoesNotDo() throws Exception {
    // Maximum QoS 0, retain not available (MQTT 5.0 §3.2.2.3.4, §3.2.2.3.5).
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(0x24, 0, 0x25, 0));
              peer.ignore();
            })) {
      Map<String, String> props = working();
      props.put("mqtt.brokers", "tcp://127.0.0.1:" + broker.port());
      props.put("mqtt.retain", "true");
      props.remove("validate.connection");
      Map<String, List<String>> errors = errors(props);
      assertThat(errors).containsOnlyKeys("mqtt.qos", "mqtt.retain");
      assertThat(errors.get("mqtt.qos").get(0)).contains("QoS 0 at most");
    }
  }
}
