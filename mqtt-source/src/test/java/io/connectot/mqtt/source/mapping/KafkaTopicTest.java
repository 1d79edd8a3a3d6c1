// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.mapping.Mapped.Made;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka topics and keys from topics and payloads. */
class KafkaTopicTest {
  private static final String PAYLOAD = "{\"site\":\"munich/hall 1\",\"id\":7,\"v\":1}";

  private static List<String> topics(String line, String payload) throws Exception {
    return new Mapped("subscriptions.all", "plant/# " + line)
        .map("plant/press1/motor", payload).stream().map(Made::topic).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=json",
        "format=json json.schema=inferred",
        "format=measurement value=/v",
        "format=object include=v"
      })
  void aFieldOfThePayloadNamesTheTopic(String format) throws Exception {
    assertThat(topics(format + " topic=/site", PAYLOAD)).containsExactly("munich_hall_1");
    assertThat(topics(format + " topic=x.${/site}-${/id}.${topic[1]}", PAYLOAD))
        .containsExactly("x.munich_hall_1-7.press1");
    assertThat(topics(format + " topic=/site topic.separator=.", PAYLOAD))
        .containsExactly("munich.hall_1");
    assertThatThrownBy(() -> topics(format + " topic=/other", PAYLOAD))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("/other");
    assertThat(topics(format + " topic=/site", "")).isEmpty();
  }

  @Test
  void aTopicPerSample() throws Exception {
    assertThat(
            topics("format=object topic=t.${/n}", "[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":2}]"))
        .containsExactly("t.a", "t.b");
    assertThat(topics("format=object topic=t.${/n}", "[{\"v\":1},{\"n\":\"b\",\"v\":2}]"))
        .containsExactly("t.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"format=bytes", "format=string", ""})
  void aPointerIsNotTakenLiterally(String format) {
    assertThatThrownBy(
            () ->
                new MqttSourceConfig(
                    Mapped.config("subscriptions.all", "plant/# topic=/site " + format)))
        .hasMessageContaining("points into the payload");
  }

  @ParameterizedTest
  @CsvSource({
    "format=bytes topic=p.${topic}, p.plant_press1_motor",
    "format=bytes topic=p.${topic} topic.separator=., p.plant.press1.motor",
    "format=bytes topic=p.${1} topic.separator=-, p.press1-motor",
    "format=measurement value=/v topic=${topic} topic.separator=., plant.press1.motor",
    "format=measurement value=/v topic=${device}.${tag} device=a/b tag=c/d topic.separator=.,"
        + " a.b.c.d",
    "format=object include=v topic=${path} device=a/b separator=/ topic.separator=., a.b.v",
    "format=object include=v topic=${path} device=a/b, a_b_v"
  })
  void slashesBecomeTheSeparator(String line, String topic) throws Exception {
    assertThat(topics(line, PAYLOAD)).containsExactly(topic);
  }

  @Test
  void theSeparatorIsOneThatKafkaAllows() {
    assertThatThrownBy(
            () ->
                new MqttSourceConfig(
                    Mapped.config("subscriptions.all", "plant/+ topic.separator=/")))
        .hasMessageContaining("must be one of . _ -");
  }

  @Test
  void aKeyIsJoinedOfFields() throws Exception {
    Mapped mapped = new Mapped("subscriptions.all", "plant/# format=json key=${/site}:${/id}:${1}");
    assertThat(mapped.one("plant/x", PAYLOAD).key()).isEqualTo("munich/hall 1:7:x");
    assertThatThrownBy(() -> mapped.one("plant/x", "{\"id\":1}")).hasMessageContaining("/site");
  }

  @Test
  void aPointerMayBeginAtTheWholePayload() throws Exception {
    Mapped mapped = new Mapped("subscriptions.all", "plant/# format=json topic=#/id key=#/site");
    assertThat(mapped.one("plant/x", PAYLOAD).topic()).isEqualTo("7");
    assertThat(mapped.one("plant/x", PAYLOAD).key()).isEqualTo("munich/hall 1");
    assertThatThrownBy(() -> new Mapped("subscriptions.all", "plant/# format=string key=#/site"))
        .hasMessageContaining("write format=json");
  }
}
