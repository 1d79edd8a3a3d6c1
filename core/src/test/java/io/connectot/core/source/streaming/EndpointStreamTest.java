// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.Clock;
import io.connectot.core.connection.ConnectionState;
import io.connectot.core.connection.Threads;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.source.polling.Plants;
import io.connectot.core.source.polling.PollerRig;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.testing.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointStreamTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Device<String> press = Plants.device("press");
  private final Tag<String> speed = Plants.tag("speed", Duration.ofSeconds(1));
  private final RecordBuffer buffer = new RecordBuffer(100, 1_000_000);
  private final TaskMetrics metrics = TaskMetrics.unpublished();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicReference<ProtocolException> connectFailure = new AtomicReference<>();
  private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
  private final RecordPipeline pipeline =
      PollerRig.pipeline(buffer, metrics, Clock.SYSTEM, List.of(speed));
  private final EndpointStream stream =
      new EndpointStream(
          "fake://broker",
          Threads.factory("test-stream-"),
          Session::new,
          new StreamRecords("fake://broker", List.of(press), true, true, pipeline),
          new RetryPolicy(PAUSE, PAUSE),
          pipeline,
          failure::set);
  private boolean started;

  /** What was taken from the buffer while the test waited. */
  private final List<String> news = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    buffer.close();
    stream.close();
    stream.awaitStopped(LIMIT_NANOS);
  }

  @Test
  void acknowledgesWhatKafkaHas() throws Exception {
    Session session = connected();
    session.deliver(value(1), value(2));
    session.deliver(value(3));
    List<SourceRecord> records = takeValues(3);

    commit(records.get(2));
    assertThat(session.acknowledged).isEmpty();
    commit(records.get(0));
    assertThat(session.acknowledged).isEmpty();
    commit(records.get(1));

    assertThat(session.acknowledged).containsExactly(1L, 2L);
  }

  @Test
  void storesThePositionOfEveryValueThatHasOne() throws Exception {
    Session session = connected();
    Measurement before = value(1);
    Measurement positioned = at(value(2), 17);
    Gap gap = new Gap(press, Optional.of(speed), Instant.EPOCH, Instant.EPOCH, "lost", false);

    session.deliver(before, gap, positioned, at(value(3), 18));

    List<SourceRecord> values =
        takeValues(4).stream().filter(record -> record.topic().equals("values")).toList();
    assertThat(values)
        .extracting(SourceRecord::sourceOffset)
        .containsExactly(null, Map.of("at", 17L), Map.of("at", 18L));
    assertThat(values)
        .extracting(SourceRecord::sourcePartition)
        .containsExactly(null, Map.of("tag", "speed"), Map.of("tag", "speed"));
  }

  @Test
  void acknowledgesWhatBecameNoRecord() throws Exception {
    Session session = connected();
    commit(deliver(session, value(1)));

    session.deliver(value(1));
    session.deliver();

    assertThat(session.acknowledged).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aLostConnectionIsReportedOnceHoweverOftenItFails() throws Exception {
    Session session = connected();
    deliver(session, value(1));
    connectFailure.set(lost());
    session.sink.connectionLost(lost());

    for (int attempt = 0; attempt < 5; attempt++) {
      nextSession();
    }

    assertThat(lines()).containsExactly("press OFFLINE", "press/speed BAD LOST");
  }

  @Test
  void whatHasToBePutRightIsReportedOnceThoughTheConnectionWasLostBefore() throws Exception {
    Session session = connected();
    deliver(session, value(1));
    connectFailure.set(
        new ProtocolException(
            Kind.CONFIGURATION, Scope.CONNECTION, "NOT_TRUSTED", "trust it", null));
    session.sink.connectionLost(lost());

    for (int attempt = 0; attempt < 5; attempt++) {
      nextSession();
    }

    assertThat(lines()).containsExactly("press OFFLINE", "press/speed BAD LOST", "press OFFLINE");
  }

  @Test
  void everyCauseOfAnOutageIsReportedOnceInTheSameState() throws Exception {
    Session session = connected();
    connectFailure.set(failure("NOT_TRUSTED"));
    session.sink.connectionLost(lost());
    nextSession();
    nextSession();
    connectFailure.set(failure("NOT_AUTHORIZED"));
    for (int attempt = 0; attempt < 5; attempt++) {
      nextSession();
    }

    List<Struct> statuses = new ArrayList<>();
    for (SourceRecord found : buffer.drain(Integer.MAX_VALUE, Duration.ZERO)) {
      statuses.add((Struct) found.value());
    }
    assertThat(statuses)
        .extracting(status -> status.get("cause"))
        .containsExactly("gone", "failed: NOT_TRUSTED", "failed: NOT_AUTHORIZED");
    assertThat(statuses)
        .extracting(status -> status.get("since"))
        .containsOnly(statuses.get(0).get("since"));
  }

  private static ProtocolException failure(String status) {
    return new ProtocolException(
        Kind.CONFIGURATION, Scope.CONNECTION, status, "failed: " + status, null);
  }

  @Test
  void recoversWithANewSessionAndReportsTheValueAgain() throws Exception {
    Session session = connected();
    deliver(session, value(1));
    session.sink.connectionLost(lost());

    Session next = connected();
    next.deliver(value(1));

    assertThat(lines())
        .containsExactly("press OFFLINE", "press/speed BAD LOST", "press ONLINE", "press/speed 1");
    assertThat(session.closed).isTrue();
    assertThat(metrics.value(TaskMetric.RECONNECTS)).isEqualTo(1L);
  }

  @Test
  void neverTellsAClosedSessionToAcknowledge() throws Exception {
    Session session = connected();
    SourceRecord committedWhileClosing = deliver(session, value(1));
    SourceRecord committedLater = deliver(session, value(2));
    session.whenClosed = () -> commit(committedWhileClosing);
    session.sink.connectionLost(lost());
    connected();
    commit(committedLater);

    assertThat(session.acknowledged).isEmpty();
  }

  @Test
  void neverTellsASessionToAcknowledgeOnceTheTaskStops() throws Exception {
    Session session = connected();
    SourceRecord sent = deliver(session, value(1));
    session.whenClosed = () -> commit(sent);

    stream.close();

    assertThat(session.closed).isTrue();
    assertThat(session.acknowledged).isEmpty();
  }

  @Test
  void aClosedSessionCannotDeliverIntoTheNextOnesEpoch() throws Exception {
    Session session = connected();
    session.sink.connectionLost(lost());
    Session next = connected();

    assertThatThrownBy(() -> session.deliver(value(1)))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("fake://broker");

    next.deliver(value(2));
    assertThat(next.acknowledged).isEmpty();
  }

  @Test
  void aFullBufferHoldsTheSessionBackUntilThereIsRoom() throws Exception {
    Session session = connected();
    AtomicBoolean finished = new AtomicBoolean();
    int messages = 1000;
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < messages; i++) {
                  session.deliver(value(i));
                }
                finished.set(true);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    sender.start();
    List<Long> values = new ArrayList<>();
    await().until(() -> buffer.records() == 100);
    assertThat(finished).isFalse();

    while (values.size() < messages) {
      List<SourceRecord> batch = buffer.drain(7, Duration.ofMinutes(1));
      assertThat(batch).isNotEmpty();
      batch.forEach(found -> values.add(((Struct) found.value()).getInt64("value_long")));
    }

    sender.join();
    assertThat(values).isSorted().doesNotHaveDuplicates();
    assertThat(finished).isTrue();
  }

  @Test
  void aFatalFailureFailsTheTask() throws Exception {
    connectFailure.set(
        new ProtocolException(Kind.FATAL, Scope.CONNECTION, "NO", "cannot work", null));
    stream.start();

    await().until(() -> failure.get() != null);

    assertThat(failure.get())
        .isInstanceOf(FatalSourceException.class)
        .hasMessage("fake://broker: cannot work");
    assertThat(stream.awaitStopped(LIMIT_NANOS)).isTrue();
    assertThat(stream.state()).isEqualTo(ConnectionState.STOPPED);
  }

  @Test
  void stopsWhileItWaitsForTheNextAttempt() throws Exception {
    connectFailure.set(lost());
    stream.start();
    nextSession();

    stream.close();
    assertThat(stream.awaitStopped(LIMIT_NANOS)).isTrue();

    assertThat(failure.get()).isNull();
    assertThat(stream.state()).isEqualTo(ConnectionState.STOPPED);
  }

  /** The next session, once the stream has reported that it is connected. */
  private Session connected() throws InterruptedException {
    boolean first = !started;
    if (first) {
      started = true;
      stream.start();
    }
    Session session = nextSession();
    await()
        .until(
            () -> {
              news.addAll(lines());
              return news.contains("press ONLINE");
            });
    if (first) {
      news.clear();
    }
    return session;
  }

  private Session nextSession() throws InterruptedException {
    Session session = sessions.poll(1, TimeUnit.MINUTES);
    assertThat(session).isNotNull();
    return session;
  }

  private SourceRecord deliver(Session session, SourceEvent event) throws InterruptedException {
    session.deliver(event);
    return takeValues(1).get(0);
  }

  private List<SourceRecord> takeValues(int count) throws InterruptedException {
    List<SourceRecord> records = buffer.drain(count, Duration.ofMinutes(1));
    assertThat(records).hasSize(count);
    return records;
  }

  private List<String> lines() throws InterruptedException {
    List<String> lines = new ArrayList<>(news);
    news.clear();
    for (SourceRecord found : buffer.drain(Integer.MAX_VALUE, Duration.ZERO)) {
      lines.add(PollerRig.line((Struct) found.value()));
    }
    return lines;
  }

  private static void commit(SourceRecord committed) {
    ((TrackedRecord) committed).delivery().recordDone();
  }

  private Measurement value(long value) {
    return Measurement.good(
        Points.of(press, speed), Clock.SYSTEM.epochNanos(), new LongValue(value));
  }

  private static Measurement at(Measurement value, long at) {
    SourcePosition position =
        new SourcePosition() {
          @Override
          public Map<String, ?> partition() {
            return Map.of("tag", value.tag().name());
          }

          @Override
          public Map<String, ?> offset() {
            return Map.of("at", at);
          }
        };
    return new Measurement(
        Points.of(value.device(), value.tag()),
        value.timestampNanos(),
        value.receivedNanos(),
        value.value(),
        value.quality(),
        value.status(),
        position);
  }

  private static ProtocolException lost() {
    return new ProtocolException(Kind.TRANSIENT, Scope.CONNECTION, "LOST", "gone", null);
  }

  /** A session that delivers what the test hands it. */
  private final class Session implements StreamingSession {
    private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    private final List<Long> stale = new CopyOnWriteArrayList<>();
    private final AtomicLong delivered = new AtomicLong();
    private volatile Runnable whenClosed = () -> {};
    private volatile StreamSink sink;
    private volatile boolean closed;

    @Override
    public void start(StreamSink newSink) throws ProtocolException {
      sink = newSink;
      sessions.add(this);
      ProtocolException refused = connectFailure.get();
      if (refused != null) {
        throw refused;
      }
    }

    /** Delivers a message, whose number is told when Kafka has it. */
    void deliver(SourceEvent... events) throws InterruptedException {
      long number = delivered.incrementAndGet();
      Ack ack =
          new Ack() {
            @Override
            public void delivered() {
              acknowledged.add(number);
            }

            @Override
            public void stale() {
              stale.add(number);
            }
          };
      sink.deliver(List.of(new Message(List.of(events), ack, null)));
    }

    @Override
    public void close() {
      closed = true;
      whenClosed.run();
    }
  }
}
