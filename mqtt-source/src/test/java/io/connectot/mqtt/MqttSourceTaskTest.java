// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.mqtt.testing.Proxy;
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
    try (MqttTaskRig rig = new MqttTaskRig();
        TestPublisher publisher = new TestPublisher(broker.port())) {
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
  private static void awaitSubscribed(MqttTaskRig rig, TestPublisher publisher, String topic) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              publisher.publish(topic, "probe", 0, 1);
              return !rig.values().isEmpty();
            });
  }

  private static List<String> messages(MqttTaskRig rig) {
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
    try (MqttTaskRig rig = new MqttTaskRig();
        TestPublisher publisher = new TestPublisher(broker.port())) {
      rig.start(props, 1);
      awaitSubscribed(rig, publisher, topic);
      publisher.publish(topic, "m", 0, 5000);
      awaitAll(rig, Set.copyOf(numbers("m", 0, 5000)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "5"})
  void nothingIsLostWhenConnectionsBreakUnderLoad(String version) throws Exception {
    String topic = "break/" + UUID.randomUUID();
    try (MqttTaskRig rig = new MqttTaskRig();
        Proxy proxy = new Proxy(broker.port());
        TestPublisher publisher = new TestPublisher(broker.port())) {
      rig.start(
          props(
              version,
              "subscriptions.all",
              topic + " qos=1",
              "mqtt.brokers",
              "tcp://127.0.0.1:" + proxy.port(),
              "reconnect.backoff.ms",
              "10",
              "reconnect.backoff.max.ms",
              "100"),
          1);
      awaitSubscribed(rig, publisher, topic);
      for (int round = 0; round < 5; round++) {
        int from = round * 1000;
        publisher.publish(topic, "m", from, from + 500);
        proxy.cut();
        publisher.publish(topic, "m", from + 500, from + 1000);
      }
      awaitAll(rig, Set.copyOf(numbers("m", 0, 5000)));
    }
  }

  private static void awaitAll(MqttTaskRig rig, Set<String> expected) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              Set<String> missing = new HashSet<>(expected);
              missing.removeAll(rig.values());
              assertThat(missing).isEmpty();
            });
  }

  @Test
  void stoppingDoesNotWaitForABrokerThatHangs() throws Exception {
    String topic = "hang/" + UUID.randomUUID();
    try (MqttTaskRig rig = new MqttTaskRig();
        Proxy proxy = new Proxy(broker.port());
        TestPublisher publisher = new TestPublisher(broker.port())) {
      rig.start(
          props(
              "5",
              "subscriptions.all",
              topic + " qos=1",
              "mqtt.brokers",
              "tcp://127.0.0.1:" + proxy.port()),
          1);
      awaitSubscribed(rig, publisher, topic);
      proxy.hold();

      rig.stop();

      assertThat(rig.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"split", "shared"})
  void nothingIsLostWhenTasksBecomeMoreAndFewer(String scale) throws Exception {
    String base = "scale/" + UUID.randomUUID() + "/";
    Map<String, String> props = props("5", "mqtt.scale", scale);
    for (int filter = 0; filter < 6; filter++) {
      props.put("subscriptions.f" + filter, base + filter + "/# qos=1");
    }
    Set<String> expected = new HashSet<>();
    try (MqttTaskRig rig = new MqttTaskRig();
        TestPublisher publisher = new TestPublisher(broker.port())) {
      int number = 0;
      for (int tasks : new int[] {1, 4, 2, 3, 1}) {
        rig.start(props, tasks);
        for (int filter = 0; filter < 6; filter++) {
          String topic = base + filter + "/x";
          String probe = "probe" + tasks + filter + "-";
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> {
                    publisher.publish(topic, probe, 0, 1);
                    return rig.values().contains(probe + 0);
                  });
        }
        for (int i = 0; i < 200; i++) {
          publisher.publish(base + i % 6 + "/x", "m", number, number + 1);
          expected.add("m" + number);
          number++;
        }
        rig.stop();
        for (int i = 0; i < 60; i++) {
          publisher.publish(base + i % 6 + "/x", "m", number, number + 1);
          expected.add("m" + number);
          number++;
        }
      }
      rig.start(props, 2);
      awaitAll(rig, expected);
      assertThat(rig.failures()).isEmpty();
    }
  }

  @Test
  void nothingIsLostWhenAFilterIsReplacedByAWiderOne() throws Exception {
    String base = "filters/" + UUID.randomUUID() + "/";
    Map<String, String> props = props("5", "subscriptions.one", base + "a/x qos=1");
    try (MqttTaskRig rig = new MqttTaskRig();
        TestPublisher publisher = new TestPublisher(broker.port())) {
      rig.start(props, 1);
      awaitSubscribed(rig, publisher, base + "a/x");
      rig.stop();
      publisher.publish(base + "a/x", "m", 0, 100);
      props.put("subscriptions.one", base + "a/# qos=1");
      rig.start(props, 1);

      awaitAll(rig, Set.copyOf(numbers("m", 0, 100)));
    }
  }
}
