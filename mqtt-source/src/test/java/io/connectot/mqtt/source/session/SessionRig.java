// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.StatusHeartbeats;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.settings.EventTopics;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.source.streaming.StreamingRuntime;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.Message;
import io.connectot.mqtt.config.ClientIds;
import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** A session in the runtime over scripted transports, and Kafka in the test's hands. */
final class SessionRig implements AutoCloseable {
  static final String STATUS = "status";
  static final String ENDPOINT = "tcp://broker:1883";

  final ScriptedTransports broker = new ScriptedTransports();
  final TaskMetrics metrics = TaskMetrics.unpublished(TaskMetric.Scope.MESSAGES);
  final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  final AtomicLong tick = new AtomicLong();
  final AtomicLong wallMillis = new AtomicLong(1_000_000);
  private final RecordBuffer buffer;

  String brokers = ENDPOINT;
  int maxMessages = 10;
  OverflowPolicy overflow = OverflowPolicy.DROP_NEWEST;
  Optional<SessionOffset> before = Optional.empty();
  List<SourceSubscription> subscriptions =
      List.of(new SourceSubscription("all", "#", 1, RetainedPolicy.TAKE));
  private StreamingRuntime<Object, Object> runtime; // null until started

  SessionRig() {
    this(1000);
  }

  SessionRig(int bufferRecords) {
    buffer = new RecordBuffer(bufferRecords, 1 << 20);
  }

  /** A configuration of small limits. */
  static Configuration config(int maxMessages, OverflowPolicy overflow) {
    return config(maxMessages, overflow, ENDPOINT);
  }

  private static Configuration config(int maxMessages, OverflowPolicy overflow, String brokers) {
    Map<String, String> props = new HashMap<>();
    props.put("mqtt.brokers", brokers);
    props.put("topic", "out");
    props.put("mqtt.max.unacknowledged.messages", Integer.toString(maxMessages));
    props.put("mqtt.max.unacknowledged.bytes", "1024");
    props.put(
        "mqtt.qos0.overflow",
        overflow == OverflowPolicy.DROP_NEWEST ? "drop-newest" : "drop-oldest");
    return Configuration.parse(MqttSourceConfig.definition(), props);
  }

  /** Starts the session and returns its first subscribed connection. */
  ScriptedTransports.Connection start() {
    MqttDriver driver =
        new MqttDriver(
            config(maxMessages, overflow, brokers),
            tasks ->
                new SubscriptionAssignment(
                    new ClientIds(Optional.empty(), "client"),
                    SubscriptionSharing.SPLIT,
                    tasks,
                    subscriptions),
            taskMetrics -> mapper(),
            settings -> broker);
    Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();
    before.ifPresent(offset -> stored.put(SessionOffset.partition("client-0"), offset.toMap()));
    List<Device<Object>> devices = List.of(new Device<>("brokers", ENDPOINT, "", Map.of()));
    MappingSettings mapping =
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.NONE,
            NameTemplate.compile("t", Vocabulary.MEASUREMENT),
            new RecordOrigin("", "mqtt", "c"),
            RecordForm.DEFAULT);
    EventMapper events =
        new EventMapper(
            mapping, new EventTopics(topic(STATUS), topic(STATUS), Duration.ofMinutes(1)));
    Clock clock = new Clock(() -> Instant.ofEpochMilli(wallMillis.get()), tick::get);
    runtime =
        new StreamingRuntime<>(
            driver,
            Inventory.of(devices, Map.of()),
            devices,
            Map.of(ENDPOINT, List.of(EndpointPart.WHOLE)),
            partitions -> stored,
            new RuntimeSettings(
                "c",
                "rig",
                1,
                new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(2)),
                false,
                failures::add),
            new RecordPipeline(
                RecordMapper.of(mapping, List.of()),
                events,
                new StatusHeartbeats(events, Duration.ofMinutes(1), clock),
                Optional.empty(),
                buffer,
                metrics,
                clock,
                new AtomicLong()));
    runtime.start();
    broker.nextConnected();
    return broker.next();
  }

  private static Optional<NameTemplate> topic(String name) {
    return Optional.of(NameTemplate.compile(name, Vocabulary.DEVICE));
  }

  /** A record a word; "nothing" for none, "poison" for a failure. */
  static InboundMessageMapper mapper() {
    return (message, receivedNanos, ack) -> {
      String payload = new String(message.payload(), StandardCharsets.UTF_8);
      if (payload.equals("poison")) {
        throw new PoisonMessageException("cannot read " + message.topic(), null);
      }
      List<PreparedRecord> records = new ArrayList<>();
      if (!payload.equals("nothing")) {
        for (String word : payload.split(" ")) {
          records.add(
              new PreparedRecord(
                  message.topic(),
                  null,
                  null,
                  Schema.STRING_SCHEMA,
                  word,
                  0,
                  new ConnectHeaders(),
                  10));
        }
      }
      return new Message(records, ack, null);
    };
  }

  /** The next records of messages, as many. */
  List<SourceRecord> poll(int count) throws InterruptedException {
    return poll(count, false);
  }

  /** The next records of statuses and gaps, as many. */
  List<SourceRecord> pollEvents(int count) throws InterruptedException {
    return poll(count, true);
  }

  private List<SourceRecord> poll(int count, boolean events) throws InterruptedException {
    List<SourceRecord> found = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (found.size() < count) {
      assertThat(System.nanoTime()).as("records in time, had %s", found).isLessThan(deadline);
      for (SourceRecord polled : buffer.drain(1, Duration.ofMillis(100))) {
        if (polled.topic().equals(STATUS) == events) {
          found.add(polled);
        }
      }
    }
    return found;
  }

  /** Kafka has a record. */
  static void commit(SourceRecord polled) {
    ((TrackedRecord) polled).delivery().recordDone();
  }

  static List<Object> values(List<SourceRecord> records) {
    List<Object> values = new ArrayList<>();
    records.forEach(polled -> values.add(polled.value()));
    return values;
  }

  long count(TaskMetric metric) {
    return metrics.value(metric).longValue();
  }

  boolean isConnected() {
    return count(TaskMetric.CONNECTION_STATE) == 2;
  }

  long unacknowledged() {
    return count(TaskMetric.MESSAGES_UNACKNOWLEDGED);
  }

  long unacknowledgedBytes() {
    return count(TaskMetric.MESSAGES_UNACKNOWLEDGED_BYTES);
  }

  /** The task stops and accepts nothing more. */
  void quiesce() {
    buffer.close();
  }

  @Override
  public void close() {
    buffer.close();
    if (runtime != null) {
      runtime.close();
    }
  }
}
