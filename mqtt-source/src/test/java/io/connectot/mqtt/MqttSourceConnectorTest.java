// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class MqttSourceConnectorTest {
  private final MqttSourceConnector connector = new MqttSourceConnector();

  private static Map<String, String> props(int port, String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "plant");
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + port);
    props.put("topic", "out");
    props.put("subscriptions.a", "a/#");
    props.put("subscriptions.b", "b/#");
    props.put("subscriptions.c", "c/#");
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
    return props;
  }

  /** The errors of a validation, by key. */
  private Map<String, List<String>> errors(Map<String, String> props) {
    return connector.validate(props).configValues().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(SourceConnector.class))
        .hasAtLeastOneElementOfType(MqttSourceConnector.class);
    assertThat(connector.taskClass()).isEqualTo(MqttSourceTask.class);
    assertThat(connector.version()).isNotEmpty();
  }

  @Test
  void startsNoMoreTasksThanHaveSomethingToDo() {
    assertThat(tasks("split", 8)).isEqualTo(3);
    assertThat(tasks("split", 2)).isEqualTo(2);
    assertThat(tasks("shared", 8)).isEqualTo(8);
    assertThat(tasks("none", 8)).isEqualTo(1);
  }

  private int tasks(String scale, int maxTasks) {
    connector.start(props(1, "mqtt.scale", scale));
    try {
      return connector.taskConfigs(maxTasks).size();
    } finally {
      connector.stop();
    }
  }

  @Test
  void promisesNoMoreThanAtLeastOnce() {
    assertThat(connector.exactlyOnceSupport(props(1))).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
  }

  @Test
  void offsetsOfAnotherFormAreRefused() {
    Map<String, ?> partition = Map.of("client_id", "plant-0");
    Map<String, ?> good = Map.of("filters", "a/#\nb/#", "seen_ms", 5L, "tasks", 2, "generation", 1);
    assertThat(connector.alterOffsets(props(1), Map.of(partition, good))).isTrue();
    assertThat(
            connector.alterOffsets(
                props(1), Collections.singletonMap(Map.of("any", "thing"), null)))
        .isTrue();
    assertThatThrownBy(() -> connector.alterOffsets(props(1), Map.of(Map.of("topic", "a"), good)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("client_id");
    assertThatThrownBy(
            () -> connector.alterOffsets(props(1), Map.of(partition, Map.of("filters", 1))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("seen_ms");
  }

  @Test
  void whatIsWrongByItselfIsReportedWithoutConnecting() throws Exception {
    BlockingQueue<String> connects = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker = new ScriptedBroker(peer -> connects.add("connected"))) {
      assertThat(errors(props(broker.port(), "mqtt.scale", "sharde"))).containsKey("mqtt.scale");
      assertThat(errors(props(broker.port(), "mqtt.scael", "shared"))).containsKey("mqtt.scael");
      assertThat(errors(props(broker.port(), "subscriptions.d", "d/#/e")))
          .containsOnlyKeys("subscriptions.d");
    }
    assertThat(connects).isEmpty();
  }

  @Test
  void aBrokerThatIsNotThereIsReportedUnlessNobodyAsks() throws Exception {
    ScriptedBroker gone = new ScriptedBroker(peer -> {});
    gone.close();
    assertThat(errors(props(gone.port()))).containsOnlyKeys("mqtt.brokers");
    assertThat(errors(props(gone.port(), "validate.connection", "false"))).isEmpty();
  }

  @Test
  void wrongCredentialsAreReportedOnTheirKeys() throws Exception {
    for (int version : new int[] {3, 5}) {
      int code = version == 3 ? 4 : 0x86;
      try (ScriptedBroker broker =
          new ScriptedBroker(
              peer -> {
                peer.read(Packets.CONNECT);
                peer.send(Packets.connack(version, false, code));
              })) {
        assertThat(errors(props(broker.port(), "mqtt.version", Integer.toString(version))))
            .containsOnlyKeys("mqtt.username", "mqtt.password");
      }
    }
  }

  @Test
  void aBrokerWithoutSharedSubscriptionsOrWildcardsIsReportedOnTheKeys() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(0x28, 0, 0x2A, 0));
              peer.ignore();
            })) {
      assertThat(
              errors(
                  props(
                      broker.port(),
                      "mqtt.scale",
                      "shared",
                      "subscriptions.wild",
                      "wild/# format=bytes",
                      "subscriptions.group",
                      "$share/g/b format=bytes")))
          .containsKeys("mqtt.scale", "subscriptions.wild", "subscriptions.group")
          .asString()
          .contains("no shared subscriptions", "remove $share/<group>/", "allows no wildcards");
    }
  }

  @Test
  void theTestDoesNotTakeTheConnectionOfTheRunningConnector() throws Exception {
    BlockingQueue<String> connects = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
        new ScriptedBroker(
            peer -> {
              byte[] connect = peer.read(Packets.CONNECT).body();
              connects.add(new String(connect, StandardCharsets.ISO_8859_1));
              peer.send(Packets.connack(5, false, 0));
              peer.ignore();
            })) {
      assertThat(errors(props(broker.port()))).isEmpty();
      assertThat(connects.poll(30, TimeUnit.SECONDS))
          .contains("plant-test-")
          .doesNotContain("plant-0");
    }
  }
}
