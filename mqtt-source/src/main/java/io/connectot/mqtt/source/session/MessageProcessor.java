// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.delivery.DeliveryTracker;
import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.TrackedDelivery;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.mapping.EventMapper;
import io.connectot.core.metrics.Metric;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.source.runtime.FatalSourceException;
import io.connectot.mqtt.source.mapping.PoisonMessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Maps what arrived, many messages at a time, and queues the records. {@link #run} has a thread of
 * its own, to which everything here belongs.
 */
final class MessageProcessor implements Runnable {
  private static final int MOST_MESSAGES = 500;
  private static final long MOST_BYTES = 1024 * 1024;
  private static final Duration TICK = Duration.ofMillis(250);

  private final InboundQueue inbox;
  private final SessionOutlet outlet;
  private final Map<String, String> sourcePartition;
  private final Supplier<Map<String, Object>> sourceOffset;
  private final Runnable onTick;
  private final DeliveryTracker deliveries = new DeliveryTracker(false);

  private final List<InFlightMessage> messages = new ArrayList<>();
  private final List<SourceEvent> events = new ArrayList<>();
  private List<TrackedRecord> records = new ArrayList<>();
  private long recordBytes;

  /** The connection of the message mapped last; null before the first. */
  private SessionConnection link;

  /**
   * @param sourceOffset of the records of the next messages; the same object as long as nothing
   *     changes
   * @param onTick called several times a second, whatever happens
   */
  MessageProcessor(
      InboundQueue inbox,
      SessionOutlet outlet,
      Map<String, String> sourcePartition,
      Supplier<Map<String, Object>> sourceOffset,
      Runnable onTick) {
    this.inbox = inbox;
    this.outlet = outlet;
    this.sourcePartition = sourcePartition;
    this.sourceOffset = sourceOffset;
    this.onTick = onTick;
  }

  private record Position(Map<String, String> partition, Map<String, Object> offset)
      implements SourcePosition {}

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        onTick.run();
        messages.clear();
        events.clear();
        inbox.take(messages, events, MOST_MESSAGES, MOST_BYTES, TICK);
        map();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PoisonMessageException e) {
      outlet.onFailure().accept(new FatalSourceException(e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      outlet.onFailure().accept(e);
    }
  }

  private void map() throws InterruptedException, PoisonMessageException {
    Map<String, Object> offset = sourceOffset.get();
    try {
      events.forEach(event -> map(event, offset));
      for (InFlightMessage arrival : messages) {
        map(arrival, offset);
      }
    } finally {
      // What came before a message that fails the task is as good as any other.
      flush();
    }
  }

  private void map(SourceEvent event, Map<String, Object> offset) {
    if (outlet.events().isEmpty()) {
      return;
    }
    EventMapper mapper = outlet.events().get();
    RecordBatch batch = new RecordBatch();
    if (event instanceof DeviceStatus status) {
      mapper.map(status, batch);
    } else if (event instanceof Gap gap) {
      mapper.map(gap, batch);
    }
    add(batch, offset, TrackedDelivery.UNTRACKED);
  }

  private void map(InFlightMessage arrival, Map<String, Object> offset)
      throws PoisonMessageException {
    boolean tracked = arrival.message().qos() > 0;
    if (tracked && arrival.link() != link) {
      link = arrival.link();
      deliveries.beginEpoch();
    }
    if (arrival.isAdopted()) {
      arrival.mapped(deliveries.redeliver(arrival.originalDelivery(), arrival));
      return;
    }
    RecordBatch batch = new RecordBatch();
    outlet.mapper().map(arrival.message(), arrival.receivedNanos(), batch);
    if (batch.size() == 0) {
      outlet.metrics().add(Metric.MESSAGES_WITHOUT_RECORD, 1);
    }
    TrackedDelivery delivery = TrackedDelivery.UNTRACKED;
    if (tracked) {
      delivery = deliveries.open(batch.size(), arrival);
      arrival.mapped(delivery);
    }
    add(batch, offset, delivery);
  }

  private void add(RecordBatch batch, Map<String, Object> offset, TrackedDelivery delivery) {
    if (batch.size() > 0) {
      batch.track(0, batch.size(), delivery, new Position(sourcePartition, offset), records);
      recordBytes += batch.bytes();
    }
  }

  private void flush() throws InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    while (!outlet.buffer().tryClaim(records.size(), recordBytes, TICK)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      onTick.run();
    }
    outlet.buffer().put(records, records.size(), recordBytes);
    outlet.metrics().recordsQueued(records.size());
    records = new ArrayList<>();
    recordBytes = 0;
  }
}
