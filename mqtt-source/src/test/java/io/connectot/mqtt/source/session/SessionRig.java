// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.mapping.EventMapper;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.PreparedRecord;
import io.connectot.core.mapping.RecordKey;
import io.connectot.core.mapping.RecordLayout;
import io.connectot.core.mapping.Template;
import io.connectot.core.mapping.Vocabulary;
import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.source.mapping.InboundMessageMapper;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import io.connectot.mqtt.source.subscription.RetainedPolicy;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** A session over scripted transports, and Kafka in the test's hands. */
final class SessionRig implements AutoCloseable {
  static final String STATUS = "status";
  static final List<BrokerAddress> BROKERS =
      List.of(new BrokerAddress(BrokerAddress.Scheme.TCP, "broker", 1883, ""));

  final ScriptedTransports broker = new ScriptedTransports();
  final TaskMetrics metrics = TaskMetrics.unpublished(Metric.Scope.MESSAGES);
  final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  final AtomicLong tick = new AtomicLong();
  private final RecordBuffer buffer;

  int maxMessages = 10;
  OverflowPolicy overflow = OverflowPolicy.DROP_NEWEST;
  List<String> leftovers = List.of();
  Optional<SessionOffset> before = Optional.empty();
  List<SourceSubscription> subscriptions =
      List.of(new SourceSubscription("all", "#", 1, RetainedPolicy.TAKE));
  MqttSession session; // null until started

  SessionRig() {
    this(1000);
  }

  SessionRig(int bufferRecords) {
    buffer = new RecordBuffer(bufferRecords, 1 << 20);
  }

  ScriptedTransports.Connection start() throws InterruptedException {
    startUnsubscribed();
    return broker.next();
  }

  /** Starts a session that subscribes to nothing; returns its connection. */
  ScriptedTransports.Connection startUnsubscribed() throws InterruptedException {
    session =
        new MqttSession(
            new SessionSetup(
                "client-0",
                BROKERS,
                broker,
                Optional.empty(),
                subscriptions,
                true,
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                maxMessages,
                1000,
                overflow,
                Duration.ofSeconds(10)),
            new SessionOutlet(
                mapper(),
                Optional.of(events()),
                buffer,
                metrics,
                new Clock(() -> Instant.ofEpochSecond(1000), tick::get),
                failures::add),
            before,
            leftovers,
            1,
            1);
    session.start();
    return broker.nextConnected();
  }

  private static EventMapper events() {
    return new EventMapper(
        new MappingSettings(
            RecordLayout.MEASUREMENT,
            RecordKey.NONE,
            Template.compile("t", Vocabulary.MEASUREMENT),
            "",
            "mqtt"),
        Template.compile(STATUS, Vocabulary.DEVICE));
  }

  /** A record a word; "nothing" for none, "poison" for a failure. */
  private static InboundMessageMapper mapper() {
    return (message, receivedNanos, sink) -> {
      String payload = new String(message.payload(), StandardCharsets.UTF_8);
      if (payload.equals("poison")) {
        throw new PoisonMessageException("cannot read " + message.topic(), null);
      }
      if (payload.equals("nothing")) {
        return;
      }
      for (String word : payload.split(" ")) {
        sink.accept(
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
    };
  }

  /** The next records that are no news, as many. */
  List<SourceRecord> poll(int count) throws InterruptedException {
    return poll(count, false);
  }

  /** The next news, as many. */
  List<SourceRecord> pollNews(int count) throws InterruptedException {
    return poll(count, true);
  }

  private List<SourceRecord> poll(int count, boolean news) throws InterruptedException {
    List<SourceRecord> found = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (found.size() < count) {
      assertThat(System.nanoTime()).as("records in time, had %s", found).isLessThan(deadline);
      for (SourceRecord polled : buffer.drain(1, Duration.ofMillis(100))) {
        if (polled.topic().equals(STATUS) == news) {
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

  long count(Metric metric) {
    return metrics.value(metric).longValue();
  }

  @Override
  public void close() {
    buffer.close();
    if (session != null) {
      session.close();
    }
  }
}
