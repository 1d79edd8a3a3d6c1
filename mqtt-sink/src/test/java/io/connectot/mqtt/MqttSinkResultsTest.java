// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.connectot.core.contract.PublishedResults;
import io.connectot.core.sink.OtSinkTask.WaitLimits;
import io.connectot.core.testing.FakeSinkTaskContext;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.paho.PahoTransportFactory;
import io.connectot.mqtt.sink.MqttSinkProtocol;
import io.connectot.mqtt.sink.config.MqttSinkConfig;
import io.connectot.mqtt.sink.testing.FakeBroker;
import io.connectot.mqtt.sink.testing.FakePeers;
import io.connectot.mqtt.sink.testing.Subscriber;
import io.connectot.mqtt.testing.Packets;
import io.connectot.mqtt.testing.ScriptedBroker;
import io.connectot.mqtt.testing.TestBroker;
import io.connectot.mqtt.transport.TransportFactory;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole task with a result topic. */
class MqttSinkResultsTest {
  private static final TopicPartition P0 = new TopicPartition("plant", 0);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(10);

  private final FakeBroker broker = new FakeBroker();
  private final PublishedResults results = new PublishedResults();
  private final FakeSinkTaskContext context = new FakeSinkTaskContext(false);
  private MqttSinkTask task;

  private void start(MqttSinkProtocol.Peers peers, String... settings) {
    task = new MqttSinkTask(new MqttSinkProtocol(peers), new WaitLimits(LIMIT, SHORT, SHORT));
    context.assign(P0);
    Map<String, String> props = new HashMap<>();
    props.put("name", "sink");
    props.put("topics", "plant");
    props.put("mqtt.brokers", "tcp://broker");
    props.put("mqtt.topic", "a/${key}");
    props.put("result.topic", "results");
    props.put("result.producer.bootstrap.servers", "kafka:9092");
    props.put("reconnect.backoff.ms", "1");
    props.put("reconnect.backoff.max.ms", "5");
    for (int i = 0; i < settings.length; i += 2) {
      props.put(settings[i], settings[i + 1]);
    }
    task.initialize(context);
    task.start(props);
    task.open(List.of(P0));
  }

  private void start(String... settings) {
    start(new FakePeers(broker, results), settings);
  }

  /** With the real client. */
  private void connect(int port, String... settings) {
    FakePeers real =
        new FakePeers(null, results) {
          @Override
          public TransportFactory transports(MqttSinkConfig config, String clientId) {
            return new PahoTransportFactory(config.mqtt().settings(clientId), config.mqtt().tls());
          }
        };
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "mqtt.brokers";
    all[settings.length + 1] = "tcp://127.0.0.1:" + port;
    start(real, all);
  }

  @AfterEach
  void stop() {
    task.stop();
  }

  private static SinkRecord record(long offset, String key, Object value) {
    return new SinkRecord(
        "plant", 0, null, key, null, value, offset, 7L, TimestampType.CREATE_TIME);
  }

  private static SinkRecord record(long offset) {
    return record(offset, "k", "v" + offset);
  }

  private long committed(long current) {
    return task.preCommit(Map.of(P0, new OffsetAndMetadata(current))).get(P0).offset();
  }

  private void awaitCommitted(long offset) {
    await().atMost(LIMIT).until(() -> committed(offset) == offset);
  }

  private List<Long> offsets() {
    return results.results().stream().map(result -> result.getInt64("command_offset")).toList();
  }

  @Test
  void tellsWhatTheBrokerAcceptedAndCommitsAfterThat() {
    start();
    results.goAway();
    SinkRecord sent = record(41);
    sent.headers().addString("mqtt.correlation.data", "order-7");
    task.put(List.of(sent));
    broker.await(1).get(0).answer(FakeBroker.DONE);
    assertThat(committed(42)).isEqualTo(41);
    results.comeBack();
    awaitCommitted(42);
    Struct result = results.results().get(0);
    assertThat(result.getString("state")).isEqualTo("DONE");
    assertThat(result.getBoolean("is_verified")).isFalse();
    assertThat(result.getString("status")).isEqualTo("0x00 SUCCESS");
    assertThat(result.getString("cause")).isNull();
    assertThat(result.getString("path")).isEqualTo("a/k");
    assertThat(result.getString("device")).isEqualTo("a/k");
    assertThat(result.getString("tag")).isNull();
    assertThat(result.getString("protocol")).isEqualTo("mqtt");
    assertThat(result.getString("connector")).isEqualTo("sink");
    assertThat(result.getString("command_id")).isEqualTo("order-7");
    assertThat(result.getString("command_topic")).isEqualTo("plant");
    assertThat(result.getInt64("command_offset")).isEqualTo(41L);
    assertThat(result.getString("asked_value")).isEqualTo("\"v41\"");
    assertThat(result.getInt32("attempts")).isEqualTo(1);
    assertThat(result.get("started_time")).isNotNull();
  }

  @Test
  void saysWhyTheBrokerRefusedAndGoesOnWithoutAReporter() throws Exception {
    start();
    task.put(List.of(record(0), record(1)));
    broker.await(2).get(0).answer(FakeBroker.FORBIDDEN);
    broker.all().get(1).answer(FakeBroker.DONE);
    awaitCommitted(2);
    Struct refused = results.results().get(0);
    assertThat(refused.getString("state")).isEqualTo("FAILED");
    assertThat(refused.getString("status")).isEqualTo("0x87 NOT_AUTHORIZED");
    assertThat(refused.getString("cause")).contains("'a/k'", "mqtt.username");
    assertThat(refused.getInt32("attempts")).isEqualTo(1);
    task.put(List.of());
    ObjectName name = new ObjectName("io.connectot:type=sink-task-metrics,connector=sink,task=0");
    var server = ManagementFactory.getPlatformMBeanServer();
    assertThat(server.getAttribute(name, "message-refused-total")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "message-published-total")).isEqualTo(1L);
  }

  @Test
  void rejectsRecordsOfWhichThereIsNoMessage() {
    start("mqtt.topic", "a/${field.id}");
    task.put(List.of(record(0, "k", Map.of("id", "#")), record(1, "k", Map.of("id", "1"))));
    broker.await(1).get(0).answer(FakeBroker.DONE);
    awaitCommitted(2);
    Struct rejected = results.results().get(0);
    assertThat(rejected.getString("state")).isEqualTo("REJECTED");
    assertThat(rejected.getString("cause")).contains("wildcard");
    assertThat(rejected.getInt32("attempts")).isZero();
    assertThat(rejected.get("started_time")).isNull();
    assertThat(broker.all()).hasSize(1);
  }

  @Test
  void doesNotKnowWhatBecameOfQosZero() {
    start("mqtt.qos", "0");
    task.put(List.of(record(0)));
    broker.await(1).get(0).answer(FakeBroker.DONE);
    awaitCommitted(1);
    assertThat(results.results().get(0).getString("state")).isEqualTo("UNKNOWN");
    assertThat(results.results().get(0).getString("cause")).contains("mqtt.qos");
  }

  @Test
  void publishesNothingAgainWhileKafkaIsAway() {
    start();
    results.goAway();
    task.put(List.of(record(0), record(1)));
    broker.await(2).forEach(sent -> sent.answer(FakeBroker.DONE));
    broker.cut();
    broker.awaitConnection(2);
    task.put(List.of(record(2)));
    broker.await(3).get(2).answer(FakeBroker.DONE);
    results.comeBack();
    awaitCommitted(3);
    assertThat(broker.texts()).containsExactly("v0", "v1", "v2");
    assertThat(offsets()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aMessageThatIsSentAgainForTheOrderHasOneResult() {
    start();
    results.goAway();
    task.put(List.of(record(0), record(1)));
    broker.await(2).get(1).answer(FakeBroker.DONE);
    broker.cut();
    broker.await(4).subList(2, 4).forEach(sent -> sent.answer(FakeBroker.DONE));
    results.comeBack();
    awaitCommitted(2);
    assertThat(broker.texts()).containsExactly("v0", "v1", "v0", "v1");
    assertThat(offsets()).containsExactlyInAnyOrder(0L, 1L);
    assertThat(results.results())
        .filteredOn(result -> result.getInt64("command_offset") == 0)
        .extracting(result -> result.getInt32("attempts"))
        .containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aRealBrokerAcceptsByEveryQosThatItAcknowledges(String qos) throws Exception {
    try (TestBroker real = TestBroker.start();
        Subscriber subscriber = new Subscriber(MqttVersion.V5, real.port(), "a/#")) {
      connect(real.port(), "mqtt.qos", qos);
      task.put(List.of(record(0)));
      assertThat(subscriber.nextText()).isEqualTo("v0");
      awaitCommitted(1);
      assertThat(results.results().get(0).getString("state")).isEqualTo("DONE");
      assertThat(results.results().get(0).getString("status")).isEqualTo("0x00 SUCCESS");
    }
  }

  @Test
  void theReasonCodesOfABrokerAreInTheResults() throws Exception {
    // Maximum packet size 100 (MQTT 5.0 §3.2.2.3.6).
    try (ScriptedBroker scripted =
        new ScriptedBroker(
            peer -> {
              peer.read(Packets.CONNECT);
              peer.send(Packets.connack(0x27, 0, 0, 0, 100));
              peer.send(Packets.puback(peer.read(Packets.PUBLISH).publishId(), 0x10));
              peer.send(Packets.puback(peer.read(Packets.PUBLISH).publishId(), 0x99));
              peer.ignore();
            })) {
      connect(scripted.port());
      task.put(List.of(record(0), record(1), record(2, "k", "x".repeat(100))));
      awaitCommitted(3);
      assertThat(results.results())
          .extracting(
              result -> result.getInt64("command_offset"),
              result -> result.getString("state"),
              result -> result.getString("status"),
              result -> result.getInt32("attempts"))
          .containsExactlyInAnyOrder(
              tuple(0L, "DONE", "0x10 NO_MATCHING_SUBSCRIBERS", 1),
              tuple(1L, "FAILED", "0x99 PAYLOAD_FORMAT_INVALID", 1),
              tuple(2L, "REJECTED", "0x95 PACKET_TOO_LARGE", 0));
    }
  }
}
