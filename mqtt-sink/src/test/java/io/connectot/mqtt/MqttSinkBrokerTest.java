// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.testing.FakeSinkTaskContext;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.sink.testing.Subscriber;
import io.connectot.mqtt.testing.Cable;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.UserProperty;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole task with brokers that speak MQTT. */
class MqttSinkBrokerTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static TestBroker broker;

  private final String topic = "t" + NUMBER.incrementAndGet();
  private final FakeSinkTaskContext context = new FakeSinkTaskContext(true);
  private final MqttSinkTask task = new MqttSinkTask();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void stop() {
    task.stop();
  }

  private void start(MqttVersion version, int port, String... settings) {
    Map<String, String> props = new HashMap<>();
    props.put("name", topic);
    props.put("mqtt.brokers", "tcp://127.0.0.1:" + port);
    props.put("mqtt.version", version == MqttVersion.V3 ? "3" : "5");
    props.put("mqtt.topic", topic + "/${partition}");
    props.put("reconnect.backoff.ms", "10");
    props.put("reconnect.backoff.max.ms", "50");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    task.initialize(context);
    task.start(props);
  }

  private static SinkRecord record(int partition, long offset, Object value) {
    return new SinkRecord(
        "plant", partition, null, "k", null, value, offset, 0L, TimestampType.CREATE_TIME);
  }

  private void awaitCommitted(int partition, long offset) {
    TopicPartition key = new TopicPartition("plant", partition);
    Map<TopicPartition, OffsetAndMetadata> current = Map.of(key, new OffsetAndMetadata(offset));
    await().atMost(LIMIT).until(() -> task.preCommit(current).equals(current));
  }

  @ParameterizedTest
  @EnumSource
  void deliversEverythingInOrderOverManyConnections(MqttVersion version) throws Exception {
    int partitions = 4;
    int each = 2500;
    try (Subscriber subscriber = new Subscriber(version, broker.port(), topic + "/#");
        Cable cable = new Cable(broker.port())) {
      start(version, cable.port());
      for (int offset = 0; offset < each; offset += 125) {
        List<SinkRecord> batch = new ArrayList<>();
        for (int i = offset; i < offset + 125; i++) {
          for (int partition = 0; partition < partitions; partition++) {
            batch.add(record(partition, i, Integer.toString(i)));
          }
        }
        task.put(batch);
        if (offset % 500 == 250) {
          cable.cut();
        }
      }
      int[] next = new int[partitions];
      int complete = 0;
      while (complete < partitions) {
        InboundMessage message = subscriber.next();
        int partition = Integer.parseInt(message.topic().substring(topic.length() + 1));
        int offset = Integer.parseInt(new String(message.payload(), StandardCharsets.UTF_8));
        assertThat(offset).as("of partition %d", partition).isLessThanOrEqualTo(next[partition]);
        if (offset == next[partition]) {
          next[partition]++;
          complete += next[partition] == each ? 1 : 0;
        }
      }
      for (int partition = 0; partition < partitions; partition++) {
        awaitCommitted(partition, each);
      }
    }
    assertThat(context.reported()).isEmpty();
  }

  @Test
  void propertiesArriveAsTheHeadersSay() throws Exception {
    try (Subscriber subscriber = new Subscriber(MqttVersion.V5, broker.port(), topic + "/#")) {
      start(MqttVersion.V5, broker.port(), "mqtt.message.expiry.ms", "100000");
      SinkRecord record = record(0, 0, Map.of("t", 21.5));
      record
          .headers()
          .addString("mqtt.user.a", "1")
          .addString("mqtt.user.a", "2")
          .addString("mqtt.content.type", "application/json")
          .addString("mqtt.response.topic", "answers")
          .addBytes("mqtt.correlation.data", new byte[] {1, 2, 3});
      task.put(List.of(record));
      InboundMessage message = subscriber.next();
      assertThat(new String(message.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"t\":21.5}");
      assertThat(message.properties().userProperties())
          .containsExactly(new UserProperty("a", "1"), new UserProperty("a", "2"));
      assertThat(message.properties().contentType()).contains("application/json");
      assertThat(message.properties().responseTopic()).contains("answers");
      assertThat(message.properties().correlationData().orElseThrow()).containsExactly(1, 2, 3);
      assertThat(message.properties().expiry()).isPresent();
      assertThat(message.properties().utf8()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTombstoneClearsTheRetainedMessage(MqttVersion version) throws Exception {
    start(version, broker.port(), "mqtt.retain", "true", "mqtt.topic", topic + "/${key}");
    task.put(List.of(record(0, 0, "kept")));
    awaitCommitted(0, 1);
    try (Subscriber subscriber = new Subscriber(version, broker.port(), topic + "/#")) {
      assertThat(subscriber.nextText()).isEqualTo("kept");
    }
    task.put(List.of(record(0, 1, null)));
    awaitCommitted(0, 2);
    try (Subscriber subscriber = new Subscriber(version, broker.port(), topic + "/#")) {
      task.put(List.of(record(0, 2, "new")));
      assertThat(subscriber.nextText()).isEqualTo("new");
    }
  }

  @Test
  void publishesByEveryQos() throws Exception {
    try (Subscriber subscriber = new Subscriber(MqttVersion.V5, broker.port(), topic + "/#")) {
      start(MqttVersion.V5, broker.port(), "mqtt.qos", "${header.qos}");
      for (int qos = 0; qos <= 2; qos++) {
        SinkRecord record = record(0, qos, "qos " + qos);
        record.headers().addInt("qos", qos);
        task.put(List.of(record));
        awaitCommitted(0, qos + 1);
        assertThat(subscriber.nextText()).isEqualTo("qos " + qos);
      }
    }
  }

  @Test
  void waitsForABrokerThatIsNotThereYet() throws Exception {
    try (Cable cable = new Cable(broker.port());
        Subscriber subscriber = new Subscriber(MqttVersion.V5, broker.port(), topic + "/#")) {
      cable.unplug();
      start(MqttVersion.V5, cable.port());
      task.put(List.of(record(0, 0, "early")));
      cable.plug();
      assertThat(subscriber.nextText()).isEqualTo("early");
      awaitCommitted(0, 1);
    }
  }

  @Test
  void aRefusalByTheBrokerIsReportedAndTheRestGoesOn() throws Exception {
    try (ScriptedBroker refusing =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(5, false, 0));
              peer.send(Packets.puback(peer.read(Packets.PUBLISH).publishId(), 0x87));
              peer.send(Packets.puback(peer.read(Packets.PUBLISH).publishId(), 0));
              peer.ignore();
            })) {
      start(MqttVersion.V5, refusing.port());
      task.put(List.of(record(0, 0, "secret"), record(0, 1, "public")));
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                task.put(List.of());
                return !context.reported().isEmpty();
              });
      assertThat(context.reported().get(0).error())
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("0x87 NOT_AUTHORIZED");
      context.reported().get(0).future().complete(null);
      awaitCommitted(0, 2);
    }
  }

  @Test
  void whatTheBrokerDoesNotTakeIsReportedAndTheConnectionStays() throws Exception {
    // Retain not available, maximum packet size 100 (MQTT 5.0 §3.2.2.3.5, §3.2.2.3.6).
    try (ScriptedBroker small =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(0x25, 0, 0x27, 0, 0, 0, 100));
              peer.send(Packets.puback(peer.read(Packets.PUBLISH).publishId(), 0));
              peer.ignore();
            })) {
      start(MqttVersion.V5, small.port());
      task.put(List.of(record(0, 0, "x".repeat(100)), record(0, 1, null), record(0, 2, "fits")));
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                task.put(List.of());
                return context.reported().size() == 2;
              });
      assertThat(context.reported())
          .extracting(report -> report.error().getMessage())
          .satisfiesExactly(
              message -> assertThat(message).contains("offset 0 ", "0x95 PACKET_TOO_LARGE"),
              message -> assertThat(message).contains("offset 1 ", "set mqtt.retain=false"));
      context.reported().forEach(report -> report.future().complete(null));
      awaitCommitted(0, 3);
      assertThat(small.connections()).isEqualTo(1);
    }
  }

  @Test
  void aBrokerThatHangsDoesNotKeepTheTaskFromStopping() throws Exception {
    CountDownLatch published = new CountDownLatch(1);
    try (ScriptedBroker hung =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(5, false, 0));
              peer.read(Packets.PUBLISH);
              published.countDown();
              peer.hang();
            })) {
      start(MqttVersion.V5, hung.port());
      task.put(List.of(record(0, 0, "x")));
      assertThat(published.await(60, TimeUnit.SECONDS)).isTrue();
      task.stop();
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .noneMatch(thread -> thread.getName().contains(topic + "-0")));
    }
  }
}
