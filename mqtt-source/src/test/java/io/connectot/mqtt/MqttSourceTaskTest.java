// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.mqtt.testing.TestBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks against a broker that keeps the standard. */
class MqttSourceTaskTest {
  private static TestBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Map<String, String> props(String version, String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "task-" + UUID.randomUUID());
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + broker.port());
    props.put("mqtt.version", version);
    props.put("topic", "out");
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
    return props;
  }

  private static List<String> numbers(String prefix, int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> prefix + number).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void messagesArriveInOrderAndThoseOfABreakAfterwards(String version) throws Exception {
    String topic = "order/" + UUID.randomUUID();
    Map<String, String> props = props(version, "subscriptions.all", topic + " qos=1");
    try (TaskRig rig = new TaskRig();
        Publisher publisher = new Publisher(broker.port())) {
      rig.start(props, 1);
      awaitSubscribed(rig, publisher, topic);
      publisher.publish(topic, "m", 0, 2000);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(messages(rig)).hasSize(2000));
      rig.stop();
      publisher.publish(topic, "m", 2000, 3000);
      rig.start(props, 1);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(messages(rig)).hasSize(3000));

      assertThat(messages(rig)).isEqualTo(numbers("m", 0, 3000));
    }
  }

  /** Publishes until something arrives, for nobody says when a task has subscribed. */
  private static void awaitSubscribed(TaskRig rig, Publisher publisher, String topic) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              publisher.publish(topic, "probe", 0, 1);
              return !rig.values().isEmpty();
            });
  }

  private static List<String> messages(TaskRig rig) {
    return rig.values().stream().filter(value -> value.startsWith("m")).toList();
  }

  @Test
  void moreThanAWindowIsHeldBackAndAllOfItArrives() throws Exception {
    String topic = "window/" + UUID.randomUUID();
    Map<String, String> props =
        props(
            "5",
            "subscriptions.all",
            topic + " qos=1",
            "mqtt.max.unacknowledged.messages",
            "50",
            "buffer.max.records",
            "20");
    try (TaskRig rig = new TaskRig();
        Publisher publisher = new Publisher(broker.port())) {
      rig.start(props, 1);
      awaitSubscribed(rig, publisher, topic);
      publisher.publish(topic, "m", 0, 5000);
      Set<String> expected = new HashSet<>(numbers("m", 0, 5000));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(new HashSet<>(messages(rig))).isEqualTo(expected));
    }
  }
}
