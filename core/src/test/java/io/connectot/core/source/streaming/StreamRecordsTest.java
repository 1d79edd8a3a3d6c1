// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.connectot.core.connection.ManualClock;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.source.polling.Plants;
import io.connectot.core.source.polling.PollerRig;
import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Delivery;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class StreamRecordsTest {
  private final ProtocolException lost =
      new ProtocolException(Kind.TRANSIENT, Scope.CONNECTION, "LOST", "gone", null);

  private final ManualClock time = new ManualClock();
  private final Device<String> press = Plants.device("press");
  private final Tag<String> speed = Plants.tag("speed", Duration.ofSeconds(1));
  private final Point<String> point = new Point<>(press, speed);
  private final RecordBuffer buffer = new RecordBuffer(1, 1_000_000);
  private final RecordPipeline pipeline =
      PollerRig.pipeline(buffer, TaskMetrics.unpublished(), time.clock(), List.of(speed));
  private final StreamRecords records = records(true);
  private final Session first = new Session();
  private final Session second = new Session();

  /** What was acknowledged, and what is stale. */
  private final List<String> told = new CopyOnWriteArrayList<>();

  private StreamRecords records(boolean afterEarlierConnections) {
    return new StreamRecords(
        "fake://broker", List.of(press), true, afterEarlierConnections, pipeline);
  }

  @Test
  void aPointTurnsBadThoughItsOwnBadValueNeverGotRoom() throws Exception {
    records.begin(first);
    records.deliver(first, List.of(message(value(1))));
    Thread sender = start(() -> records.deliver(first, List.of(message(bad()))));
    await().until(() -> sender.getState() == Thread.State.WAITING);

    records.end(first);
    sender.join();
    records.offline(lost, true);

    assertThat(take(3)).containsExactly("press/speed 1", "press OFFLINE", "press/speed BAD LOST");
  }

  @Test
  void aLostConnectionEndsTheWaitForRoom() throws Exception {
    records.begin(first);
    records.deliver(first, List.of(message(value(1))));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                records.deliver(first, List.of(message("waits", value(2))));
              } catch (InterruptedException e) {
                thrown.set(e);
              }
            });
    sender.start();
    await().until(() -> sender.getState() == Thread.State.WAITING);

    records.end(first);
    sender.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(take(1)).containsExactly("press/speed 1");
    assertThat(buffer.records()).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void statusesWaitForRoomAndComeBeforeLaterValues() throws Exception {
    records.begin(first);
    records.deliver(first, List.of(message(value(1))));
    records.end(first);
    records.offline(lost, true);
    records.begin(second);
    records.online();
    Thread sender = start(() -> records.deliver(second, List.of(message(value(2)))));
    await().until(() -> sender.getState() == Thread.State.WAITING);

    assertThat(take(5))
        .containsExactly(
            "press/speed 1",
            "press OFFLINE",
            "press/speed BAD LOST",
            "press ONLINE",
            "press/speed 2");
    sender.join();
  }

  @Test
  void manyLostConnectionsDoNotPileUpWhileThereIsNoRoom() throws Exception {
    records.begin(first);
    records.deliver(first, List.of(message(value(1))));
    for (int i = 0; i < 50; i++) {
      records.end(first);
      records.offline(lost, true);
      records.begin(first);
      records.online();
    }
    records.end(first);
    records.offline(lost, true);

    assertThat(take(3)).containsExactly("press/speed 1", "press OFFLINE", "press/speed BAD LOST");
    assertThat(buffer.records()).isZero();
  }

  @Test
  void repeatsTheStateThatKafkaHasAfterConnectionsThatCameAndWent() throws Exception {
    records.begin(first);
    records.offline(lost, false);
    pipeline.statuses().taken(takeRecords(1));
    records.deliver(first, List.of(message(value(1))));
    for (int i = 0; i < 3; i++) {
      records.online();
      records.offline(lost, false);
    }
    assertThat(take(1)).containsExactly("press/speed 1");
    assertThat(buffer.records()).isZero();

    time.advance(PollerRig.HEARTBEAT);
    assertThat(repeated()).containsExactly("press OFFLINE");
  }

  @Test
  void repeatsTheLastOfSeveralStatesThatWaited() throws Exception {
    records.begin(first);
    records.deliver(first, List.of(message(value(1))));
    records.offline(lost, false);
    records.offline(lost, false);
    records.online();
    time.advance(PollerRig.HEARTBEAT);
    assertThat(repeated()).isEmpty();

    pipeline.statuses().taken(takeRecords(3));
    time.advance(PollerRig.HEARTBEAT);
    assertThat(repeated()).containsExactly("press ONLINE");
  }

  @Test
  void repeatsWhatASessionReportedOfItsDevice() throws Exception {
    records.begin(first);
    records.online();
    pipeline.statuses().taken(takeRecords(1));
    records.deliver(first, List.of(message(degraded())));
    pipeline.statuses().taken(takeRecords(1));
    time.advance(PollerRig.HEARTBEAT);
    assertThat(repeated()).containsExactly("press DEGRADED");
  }

  @Test
  void aStatusOfAMessageThatIsRefusedIsNotWaitedFor() throws Exception {
    records.begin(first);
    records.online();
    pipeline.statuses().taken(takeRecords(1));
    records.end(first);
    assertThatThrownBy(() -> records.deliver(first, List.of(message(degraded()))))
        .isInstanceOf(InterruptedException.class);
    time.advance(PollerRig.HEARTBEAT);
    assertThat(repeated()).containsExactly("press ONLINE");
  }

  @Test
  void aSessionThatIsOverCannotDeliverIntoTheNextConnection() throws Exception {
    records.begin(first);
    records.end(first);
    records.begin(second);

    assertThatThrownBy(() -> records.deliver(first, List.of(message("late", value(1)))))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("fake://broker");

    records.deliver(second, List.of(message("own")));
    assertThat(told).containsExactly("own");
    assertThat(buffer.records()).isZero();
  }

  @Test
  void aRedeliveryIsDoneWithTheRecordsOfTheFirstTime() throws Exception {
    StreamRecords perMessage = records(false);
    AtomicReference<Delivery> accepted = new AtomicReference<>();
    perMessage.begin(first);
    perMessage.deliver(
        first, List.of(new Message(List.of(value(1)), new Named("m", accepted), null)));
    perMessage.end(first);
    perMessage.begin(second);
    perMessage.deliver(
        second, List.of(new Message(List.of(), new Named("m again", accepted), accepted.get())));
    assertThat(told).isEmpty();

    commit(takeRecords(1).get(0));

    assertThat(told).containsExactly("m again");
    assertThat(buffer.records()).isZero();
  }

  @Test
  void aBatchOfMessagesIsAcknowledgedMessageByMessage() throws Exception {
    RecordBuffer wide = new RecordBuffer(100, 1_000_000);
    StreamRecords wideRecords =
        new StreamRecords(
            "fake://broker",
            List.of(press),
            true,
            false,
            PollerRig.pipeline(wide, TaskMetrics.unpublished(), time.clock(), List.of(speed)));
    wideRecords.begin(first);

    wideRecords.deliver(
        first,
        List.of(
            message("1", value(1), value(2)),
            new Message(List.of(value(3)), Ack.NONE, null),
            message("2"),
            message("3", value(4))));

    List<SourceRecord> queued = wide.drain(100, Duration.ZERO);
    assertThat(queued).hasSize(4);
    commit(queued.get(3));
    commit(queued.get(0));
    assertThat(told).isEmpty();
    commit(queued.get(1));
    assertThat(told).containsExactly("1", "2", "3");
  }

  @Test
  void recordsWithoutAPositionHaveThatOfTheSession() throws Exception {
    first.position = new At(1);
    records.begin(first);
    PreparedRecord passedThrough =
        new PreparedRecord(
            "raw", null, null, Schema.STRING_SCHEMA, "text", 0, new ConnectHeaders(), 10);
    records.deliver(first, List.of(message(passedThrough)));
    records.end(first);
    records.offline(lost, false);

    assertThat(takeRecords(2))
        .extracting(SourceRecord::sourceOffset)
        .containsExactly(Map.of("at", 1L), Map.of("at", 1L));
  }

  @Test
  void addsWhatAMessageHasToTheHeadersOfItsMeasurements() throws Exception {
    records.begin(first);
    records.deliver(
        first,
        List.of(
            new Message(
                List.of(value(1)),
                Ack.NONE,
                null,
                headers -> {
                  headers.addString("mqtt.topic", "a/b");
                  return 50;
                })));

    assertThat(takeRecords(1).get(0).headers().lastWithName("mqtt.topic").value()).isEqualTo("a/b");
  }

  @Test
  void keepsNothingOfPointsThatTheirSessionDropped() throws Exception {
    records.begin(first);
    WeakReference<Point<String>> dropped = deliverOnce();
    records.end(first);
    records.begin(second);

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(dropped.get()).isNull();
            });
  }

  private WeakReference<Point<String>> deliverOnce() throws InterruptedException {
    Point<String> browsed = new Point<>(press, Plants.tag("browsed", Duration.ofSeconds(1)));
    records.deliver(
        first, List.of(message(Measurement.good(browsed, time.epochNanos(), new LongValue(1)))));
    takeRecords(1);
    return new WeakReference<>(browsed);
  }

  private Measurement value(long value) {
    return Measurement.good(point, time.epochNanos(), new LongValue(value));
  }

  private Measurement bad() {
    return Measurement.bad(point, time.epochNanos(), "SENSOR");
  }

  private DeviceStatus degraded() {
    return new DeviceStatus(
        press, DeviceState.DEGRADED, Instant.EPOCH, "no events", press.endpoint());
  }

  private List<String> repeated() {
    return pipeline.statuses().due(100).stream()
        .map(each -> PollerRig.line((Struct) each.value()))
        .toList();
  }

  private static Message message(SourceEvent... events) {
    return Message.of(List.of(events));
  }

  private Message message(String name, SourceEvent... events) {
    return new Message(List.of(events), new Named(name, new AtomicReference<>()), null);
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static Thread start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }

  private static void commit(SourceRecord committed) {
    ((TrackedRecord) committed).delivery().recordDone();
  }

  private List<SourceRecord> takeRecords(int count) throws InterruptedException {
    List<SourceRecord> taken = new ArrayList<>();
    while (taken.size() < count) {
      List<SourceRecord> batch = buffer.drain(1, Duration.ofMinutes(1));
      assertThat(batch).isNotEmpty();
      taken.addAll(batch);
    }
    return taken;
  }

  private List<String> take(int count) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (SourceRecord found : takeRecords(count)) {
      lines.add(PollerRig.line((Struct) found.value()));
    }
    return lines;
  }

  private record At(long at) implements SourcePosition {
    @Override
    public Map<String, ?> partition() {
      return Map.of("client", "c");
    }

    @Override
    public Map<String, ?> offset() {
      return Map.of("at", at);
    }
  }

  /** Tells what becomes of a message. */
  private final class Named implements Ack {
    private final String name;
    private final AtomicReference<Delivery> delivery;

    Named(String name, AtomicReference<Delivery> delivery) {
      this.name = name;
      this.delivery = delivery;
    }

    @Override
    public void accepted(Delivery accepted) {
      delivery.set(accepted);
    }

    @Override
    public void delivered() {
      told.add(name);
    }

    @Override
    public void stale() {
      told.add("stale " + name);
    }
  }

  private static final class Session implements StreamingSession {
    private volatile SourcePosition position;

    @Override
    public void start(StreamSink sink) {
      // The test delivers.
    }

    @Override
    public SourcePosition position() {
      return position;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
