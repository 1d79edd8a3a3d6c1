// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.contract.PublishedResults;
import io.connectot.core.sink.OtSinkTask.WaitLimits;
import io.connectot.core.testing.SinkTaskFixture;
import io.connectot.mqtt.sink.MqttSinkProtocol;
import io.connectot.mqtt.sink.testing.FakeBroker;
import io.connectot.mqtt.sink.testing.FakeBroker.Sent;
import io.connectot.mqtt.sink.testing.FakePeers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;

class MqttSinkTaskTest extends SinkTaskFixture {
  private static final Duration SHORT = Duration.ofMillis(10);

  private final FakeBroker broker = new FakeBroker();
  private final MqttSinkTask task =
      new MqttSinkTask(
          new MqttSinkProtocol(new FakePeers(broker, new PublishedResults())),
          new WaitLimits(LIMIT, SHORT, SHORT));

  @Override
  protected SinkTask task() {
    return task;
  }

  @Override
  protected Map<String, String> props() {
    return Map.of(
        "name", "sink",
        "topics", "plant",
        "mqtt.brokers", "tcp://broker",
        "mqtt.topic", "a/${partition}");
  }

  @Test
  void sendsAgainInOrderWhatTheLostConnectionLeftOpen() {
    start(false);
    task.put(records(P0, 0, 5));
    List<Sent> sent = broker.await(5);
    sent.get(0).answer(FakeBroker.DONE);
    sent.get(1).answer(FakeBroker.DONE);
    // Behind an open one: a subscriber must not see 2 last.
    sent.get(3).answer(FakeBroker.DONE);
    broker.cut();
    task.put(records(P0, 5, 7));
    broker.await(10);
    List<String> again = broker.texts().subList(5, 10);
    assertThat(again).isEqualTo(texts(0, 2, 7));
    broker.all().forEach(message -> message.answer(FakeBroker.DONE));
    awaitCommitted(P0, 7, 7);
  }

  @Test
  void sendsAgainWhatTheBrokerDoesNotTakeNow() {
    start(false);
    task.put(records(P0, 0, 3));
    List<Sent> sent = broker.await(3);
    sent.get(2).answer(FakeBroker.DONE);
    sent.get(1).answer(FakeBroker.BUSY);
    broker.await(5);
    assertThat(broker.texts().subList(3, 5)).containsExactly("0:1", "0:2");
    broker.all().forEach(message -> message.answer(FakeBroker.DONE));
    awaitCommitted(P0, 3, 3);
    assertThat(broker.connections()).isEqualTo(1);
  }

  @Test
  void failsOnARefusalWithoutAReporterAndSaysWhatToDo() {
    start(false);
    task.put(List.of(record(P0, 41)));
    broker.await(1).get(0).answer(FakeBroker.FORBIDDEN);
    assertThat(committed(P0, 42)).isEqualTo(41);
    assertThatThrownBy(() -> task.put(List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("offset 41 of plant-0")
        .hasMessageContaining("'a/0'")
        .hasMessageContaining("0x87 NOT_AUTHORIZED")
        .hasMessageContaining("mqtt.username")
        .hasMessageContaining("errors.deadletterqueue.topic.name");
  }

  @Test
  void reportsRecordsOfWhichThereIsNoMessageAndPublishesTheOthers() {
    start(true, "mqtt.topic", "a/${field.id}");
    task.put(
        List.of(
            record(P0, 0, Map.of("id", "1")),
            record(P0, 1, Map.of("id", "#")),
            record(P0, 2, Map.of("name", "x")),
            record(P0, 3, Map.of("id", "4"))));
    broker.await(2).forEach(sent -> sent.answer(FakeBroker.DONE));
    assertThat(context.reported())
        .extracting(report -> report.error().getMessage())
        .satisfiesExactly(
            message -> assertThat(message).contains("offset 1 of plant-0", "wildcard"),
            message -> assertThat(message).contains("offset 2 of plant-0", "${field.id}"));
    awaitCommitted(P0, 4, 1);
    context.reported().forEach(report -> report.future().complete(null));
    assertThat(committed(P0, 4)).isEqualTo(4);
  }

  @Test
  void doesNotPublishPastARecordThatEndsTheTask() {
    start(false, "mqtt.topic", "a/${field.id}");
    List<SinkRecord> batch =
        List.of(
            record(P0, 0, Map.of("id", "1")),
            record(P0, 1, Map.of("id", "#")),
            record(P0, 2, Map.of("id", "3")));
    assertThatThrownBy(() -> task.put(batch))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("offset 1 of plant-0");
    assertThat(broker.await(1)).extracting(sent -> sent.message().topic()).containsExactly("a/1");
  }

  @Test
  void neverHasMoreOnTheWayThanTheBrokerAllows() {
    start(false);
    broker.leave();
    broker.window(3);
    broker.comeBack();
    task.put(records(P0, 0, 10));
    broker.await(3).forEach(sent -> sent.answer(FakeBroker.DONE));
    broker.await(6);
    assertThat(broker.texts()).isEqualTo(texts(0, 0, 6));
  }

  @Test
  void givesInWhenAnotherClientTakesTheSessionAgainAndAgain() {
    start(false);
    broker.awaitConnection(1);
    broker.takeOver();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> task.put(List.of()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("mqtt.client.id"));
  }

  @Test
  void tellsWhatItDoes() throws Exception {
    start(true, "mqtt.tombstone", "skip");
    ObjectName name = new ObjectName("io.connectot:type=sink-task-metrics,connector=sink,task=0");
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    task.put(records(P0, 0, 2));
    task.put(List.of(record(P0, 2, null)));
    List<Sent> sent = broker.await(2);
    assertThat(server.getAttribute(name, "message-in-flight-count")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "buffer-record-count")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "connection-state")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "record-skipped-total")).isEqualTo(1L);
    sent.get(0).answer(FakeBroker.FORBIDDEN);
    broker.cut();
    broker.await(3).get(2).answer(FakeBroker.DONE);
    task.put(List.of());
    assertThat(server.getAttribute(name, "message-published-total")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "message-refused-total")).isEqualTo(1L);
    await()
        .atMost(LIMIT)
        .until(() -> server.getAttribute(name, "message-repeated-total").equals(1L));
    assertThat(server.getAttribute(name, "record-reported-total")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "reconnect-total")).isEqualTo(1L);
    task.stop();
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void canBeStoppedAtAnyTimeAndTwice() {
    MqttSinkTask unstarted = new MqttSinkTask();
    unstarted.stop();
    assertThat(unstarted.preCommit(Map.of(P0, new OffsetAndMetadata(1)))).isEmpty();
    unstarted.close(List.of(P0));
    start(false);
    task.put(records(P0, 0, 1));
    broker.await(1);
    task.stop();
    task.stop();
    assertThat(broker.all()).hasSize(1);
  }
}
