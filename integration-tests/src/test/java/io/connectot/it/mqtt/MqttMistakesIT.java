// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static io.connectot.it.fixture.Mistake.blaming;
import static io.connectot.it.fixture.Mistake.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.it.fixture.Mistake;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.quickstart.embedded.Ports;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors in configurations of MQTT connectors and the messages that report them. */
@ExtendWith(SharedSite.class)
class MqttMistakesIT {
  private static final String LINE = "subscriptions.sensors";

  private static final Map<String, String> SOURCE =
      Map.of(
          "connector.class",
          "io.connectot.mqtt.MqttSourceConnector",
          "name",
          "mistakes",
          "topic",
          "plant",
          "mqtt.brokers",
          "tcp://127.0.0.1:1883",
          LINE,
          "plant/+/temp qos=1 format=json topic=plant.${topic[1]}",
          "validate.connection",
          "false");

  private static final Map<String, String> SINK =
      Map.of(
          "connector.class",
          "io.connectot.mqtt.MqttSinkConnector",
          "name",
          "mistakes",
          "topics",
          "commands",
          "mqtt.topic",
          "plant/${key}/set",
          "mqtt.brokers",
          "tcp://127.0.0.1:1883",
          "validate.connection",
          "false");

  private final Site site;

  MqttMistakesIT(Site site) {
    this.site = site;
  }

  static Stream<Mistake> mistakesOfSources() {
    return Stream.concat(
        mistakesOfBoth(),
        Stream.of(
            blaming("no subscription", Map.of(LINE, ""), "subscriptions", "subscriptions.<name>"),
            one("wildcard within a level", LINE, "plant/a+/temp", "+"),
            one("rest before the end", LINE, "plant/#/temp", "#"),
            one("QoS that there is not", LINE, "plant/# qos=3", "qos", "3"),
            one("misspelt format", LINE, "plant/# format=jason", "jason", "json"),
            one("misspelt option", LINE, "plant/# qso=1", "qso", "qos"),
            one("wildcard that there is not", LINE, "plant/+/x topic=plant.${3}", "3"),
            one("misspelt poison policy", "mqtt.poison", "skipp", "skip"),
            blaming(
                "dead letters without a topic",
                Map.of("mqtt.poison", "deadletter"),
                "mqtt.deadletter.topic",
                "deadletter"),
            one("misspelt scale", "mqtt.scale", "share", "shared"),
            one("no messages at all", "mqtt.max.unacknowledged.messages", "0", "1")));
  }

  static Stream<Mistake> mistakesOfSinks() {
    return Stream.concat(
        mistakesOfBoth(),
        Stream.of(
            one("wildcard in the topic", "mqtt.topic", "plant/#", "#"),
            one("unknown variable", "mqtt.topic", "plant/${keys}", "keys"),
            one("QoS that there is not", "mqtt.qos", "3", "3")));
  }

  private static Stream<Mistake> mistakesOfBoth() {
    return Stream.of(
        one("no broker", "mqtt.brokers", "", "mqtt.brokers"),
        one("broker without scheme", "mqtt.brokers", "127.0.0.1:1883", "tcp://"),
        one("port out of range", "mqtt.brokers", "tcp://127.0.0.1:99999", "99999"),
        one("unknown version", "mqtt.version", "4", "5"),
        one("misspelt key", "mqtt.keepalive.ms", "1000", "mqtt.keep.alive.ms"),
        blaming(
            "password without a user",
            Map.of("mqtt.version", "3", "mqtt.password", "geheim"),
            "mqtt.username",
            "3.1.1"),
        blaming(
            "broker that is not there",
            Map.of(
                "mqtt.brokers", "tcp://127.0.0.1:" + Ports.free(), "validate.connection", "true"),
            "mqtt.brokers",
            "127.0.0.1"));
  }

  @ParameterizedTest
  @MethodSource("mistakesOfSources")
  void sourceBlamesTheKeyAndSaysWhatToDo(Mistake mistake) {
    mistake.check(site, SOURCE);
  }

  @ParameterizedTest
  @MethodSource("mistakesOfSinks")
  void sinkBlamesTheKeyAndSaysWhatToDo(Mistake mistake) {
    mistake.check(site, SINK);
  }

  @Test
  void findsNothingWrongWithTheConfigurationsThatTheMistakesAreMadeIn() {
    assertThat(site.rest().validate(SOURCE).errors()).isEmpty();
    assertThat(site.rest().validate(SINK).errors()).isEmpty();
  }
}
