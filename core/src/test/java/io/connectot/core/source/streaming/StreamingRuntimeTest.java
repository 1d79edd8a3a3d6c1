// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.delivery.RecordBuffer;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.source.polling.Plants;
import io.connectot.core.source.polling.PollerRig;
import io.connectot.core.source.runtime.RuntimeSettings;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.StreamContext;
import io.connectot.core.spi.StreamSink;
import io.connectot.core.spi.StreamingSession;
import io.connectot.core.spi.StreamingSessionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamingRuntimeTest {
  private static final int SERVERS = 8;

  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final TaskMetrics metrics = TaskMetrics.unpublished();
  private final Fake driver = new Fake();
  private StreamingRuntime<String, String> runtime;

  @AfterEach
  void close() {
    runtime.close();
  }

  private void start(int endpoints) {
    List<Device<String>> devices = new ArrayList<>();
    for (int i = 0; i < endpoints; i++) {
      devices.add(Plants.device("press" + i, "fake://" + i));
    }
    runtime =
        new StreamingRuntime<>(
            driver,
            Inventory.ofDevices(devices),
            devices,
            Map.of(),
            OffsetReader.NONE,
            new RuntimeSettings(
                "plant",
                "connect-ot-plant-0",
                1,
                new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1)),
                true,
                failure::set),
            PollerRig.pipeline(new RecordBuffer(100, 1_000_000), metrics, Clock.SYSTEM, List.of()));
    runtime.start();
  }

  @Test
  void closesAllSessionsAtOnce() {
    CyclicBarrier all = new CyclicBarrier(SERVERS);
    AtomicInteger together = new AtomicInteger();
    driver.onClose =
        () -> {
          try {
            // Passes only when every session is being closed.
            all.await();
            together.incrementAndGet();
          } catch (Exception e) {
            Thread.currentThread().interrupt();
          }
        };
    start(SERVERS);
    await().until(() -> metrics.value(TaskMetric.CONNECTION_STATE).longValue() == 2);

    runtime.close();

    assertThat(together).hasValue(SERVERS);
  }

  @Test
  void ticksASessionAndTakesItsFailureForALoss() {
    driver.ticks = Duration.ofMillis(1);
    start(1);
    await().until(() -> sessions.size() == 1 && sessions.get(0).ticks.get() > 1);

    sessions.get(0).lost =
        new ProtocolException(Kind.TRANSIENT, Scope.CONNECTION, "LOST", "silent", null);

    await().until(() -> sessions.size() > 1);
    assertThat(sessions.get(0).closed).isTrue();
  }

  @Test
  void windsUpPartsOfAnEarlierConfiguration() {
    driver.former = List.of(new EndpointPart(1, 1));
    driver.finishFormer = true;
    start(1);

    await().until(() -> driver.finished.get() == 1);
    await().until(() -> sessions.stream().filter(s -> s.part.isFormer()).allMatch(s -> s.closed));
    assertThat(sessions).filteredOn(session -> session.part.isFormer()).hasSize(1);
    assertThat(failure.get()).isNull();
  }

  @Test
  void aFatalFailureOfAFormerPartDoesNotFailTheTask() {
    driver.former = List.of(new EndpointPart(1, 1));
    driver.refuseFormer =
        new ProtocolException(Kind.FATAL, Scope.CONNECTION, "TAKEN", "taken over", null);
    start(1);

    await()
        .until(
            () ->
                sessions.stream().anyMatch(s -> s.part.isFormer() && s.closed)
                    && metrics.value(TaskMetric.CONNECTION_STATE).longValue() == 2);
    assertThat(failure.get()).isNull();
  }

  /** A driver whose sessions do what the test says. */
  private final class Fake implements StreamingSessionFactory<String, String> {
    private volatile Runnable onClose = () -> {};
    private volatile Duration ticks = Duration.ZERO;
    private volatile List<EndpointPart> former = List.of();
    private volatile boolean finishFormer;
    private volatile ProtocolException refuseFormer;
    private final AtomicInteger finished = new AtomicInteger();

    @Override
    public StreamingSession newSession(
        String endpoint, Map<Device<String>, List<Tag<String>>> devices, StreamContext context) {
      Session session = new Session(context.part());
      sessions.add(session);
      return session;
    }

    @Override
    public List<EndpointPart> formerParts(String endpoint, StreamContext context) {
      return former;
    }

    @Override
    public Duration tickInterval() {
      return ticks;
    }
  }

  private final class Session implements StreamingSession {
    private final EndpointPart part;
    private final AtomicInteger ticks = new AtomicInteger();
    private volatile ProtocolException lost;
    private volatile boolean closed;

    Session(EndpointPart part) {
      this.part = part;
    }

    @Override
    public void start(StreamSink sink) throws ProtocolException {
      if (part.isFormer() && driver.refuseFormer != null) {
        throw driver.refuseFormer;
      }
      if (part.isFormer() && driver.finishFormer) {
        driver.finished.incrementAndGet();
        sink.finished();
      }
    }

    @Override
    public void tick() throws ProtocolException {
      ticks.incrementAndGet();
      if (lost != null) {
        throw lost;
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        driver.onClose.run();
      }
    }
  }
}
