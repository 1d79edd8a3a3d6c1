// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.streaming;

import io.connectot.core.connection.Clock;
import io.connectot.core.delivery.DeliveryTracker;
import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.RecordBuffer.Deferred;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.TrackedDelivery;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.Message;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Queues the records of one stream, over all its connections: of the messages of its sessions, of
 * the statuses of its devices, and of the points that turn BAD with the connection. Thread-safe.
 *
 * <p>Room in the buffer is claimed before anything is mapped or remembered, so that what the report
 * filter remembers as reported is always queued. {@link #lock} is never held while a thread waits.
 */
final class StreamRecords {
  /** What a value takes in memory before the first has shown it, in bytes. */
  private static final long GUESSED_VALUE_BYTES = 512;

  private final String endpoint;
  private final List<? extends Device<?>> devices;
  private final boolean badOnDisconnect;
  private final RecordPipeline pipeline;
  private final DeliveryTracker deliveries;

  /** Makes deliveries and their records queue in the same order. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}, as all that follow. */
  private final StreamMapper mapper;

  private final RecordBatch batch = new RecordBatch();
  private final List<TrackedRecord> tracked = new ArrayList<>();
  private int[] recordsUpTo = new int[16];

  /**
   * The session whose messages are accepted; null while there is no connection. Written under
   * {@link #lock}.
   */
  private volatile StreamingSession open;

  /** Where the source stood when its last session was asked; null for nowhere. */
  private SourcePosition position;

  /** The state that was reported last; null before the first. */
  private DeviceState state;

  /** When that state was entered, epoch nanoseconds. */
  private long stateSince;

  private boolean wasOffline;

  /** What was reported of that state; empty when nothing was. */
  private List<DeviceStatus> reported = List.of();

  /** Their records, which may still wait for room; null when there are none. */
  private Deferred statuses;

  /** A moving average. Written under {@link #lock}. */
  private volatile long valueBytes = GUESSED_VALUE_BYTES;

  /**
   * @param devices those whose status is that of the connection
   * @param afterEarlierConnections whether acknowledging waits for what earlier connections
   *     delivered
   */
  StreamRecords(
      String endpoint,
      List<? extends Device<?>> devices,
      boolean badOnDisconnect,
      boolean afterEarlierConnections,
      RecordPipeline pipeline) {
    this.endpoint = endpoint;
    this.devices = List.copyOf(devices);
    this.badOnDisconnect = badOnDisconnect;
    this.pipeline = pipeline;
    this.deliveries = new DeliveryTracker(afterEarlierConnections);
    this.mapper = new StreamMapper(devices, pipeline, badOnDisconnect);
  }

  /** How many devices have the status of the connection. */
  int devices() {
    return devices.size();
  }

  /** Accepts the messages of a session, and of no other. */
  void begin(StreamingSession session) {
    lock.lock();
    try {
      deliveries.beginEpoch();
      mapper.reset();
      open = session;
    } finally {
      lock.unlock();
    }
  }

  /** Accepts no more messages, and acknowledges none any more. */
  void end(StreamingSession session) {
    lock.lock();
    try {
      if (open == session) {
        position = session.position();
        open = null;
        deliveries.beginEpoch();
      }
    } finally {
      lock.unlock();
    }
    pipeline.buffer().wakeClaims();
  }

  /**
   * Queues the records of messages; waits while the buffer is full.
   *
   * @throws InterruptedException when the session is not accepted any more, or the task stops: then
   *     nothing is queued
   */
  void deliver(StreamingSession session, List<Message> messages) throws InterruptedException {
    int records = 0;
    long bytes = 0;
    for (Message message : messages) {
      for (SourceEvent event : message.events()) {
        records++;
        bytes += event instanceof PreparedRecord made ? made.sizeEstimate() : valueBytes;
      }
    }
    if (records > 0) {
      pipeline.buffer().claim(records, bytes, () -> open != session);
    }
    boolean queued = false;
    lock.lock();
    try {
      if (open != session) {
        // Its points are BAD by now, and what was not delivered is not acknowledged.
        throw new InterruptedException("the connection to " + endpoint + " is over");
      }
      position = session.position();
      map(messages);
      track(messages);
      if (records > 0) {
        pipeline.put(tracked, records, bytes);
        queued = true;
      }
    } finally {
      if (records > 0 && !queued) {
        pipeline.buffer().put(List.of(), records, bytes);
        withdraw(messages);
      }
      clear();
      lock.unlock();
    }
  }

  private void withdraw(List<Message> messages) {
    for (Message message : messages) {
      for (SourceEvent event : message.events()) {
        if (event instanceof DeviceStatus status) {
          pipeline.statuses().withdraw(status);
        }
      }
    }
  }

  private void map(List<Message> messages) {
    if (recordsUpTo.length < messages.size()) {
      recordsUpTo = new int[messages.size()];
    }
    long tick = pipeline.clock().tick();
    for (int i = 0; i < messages.size(); i++) {
      mapper.map(messages.get(i), tick, batch);
      recordsUpTo[i] = batch.size();
    }
    if (batch.size() > 0) {
      valueBytes = (7 * valueBytes + batch.bytes() / batch.size()) / 8;
    }
  }

  private void track(List<Message> messages) {
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      int to = recordsUpTo[i];
      if (message.redeliveryOf() == null) {
        TrackedDelivery delivery = deliveries.open(to - from, message.ack());
        batch.track(from, to, delivery, position, tracked);
      } else {
        deliveries.redeliver(message.redeliveryOf(), message.ack());
      }
      from = to;
    }
  }

  /** Queues that the devices are ONLINE, as soon as there is room. */
  void online() {
    lock.lock();
    try {
      status(DeviceState.ONLINE, "", pipeline.clock().epochNanos());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues that the devices are OFFLINE, as soon as there is room.
   *
   * @param turnBad whether points turn BAD, if that is configured
   */
  void offline(ProtocolException cause, boolean turnBad) {
    lock.lock();
    try {
      long now = pipeline.clock().epochNanos();
      status(DeviceState.OFFLINE, cause.getMessage(), now);
      if (turnBad && badOnDisconnect) {
        mapper.turnBad(now, cause.status(), batch);
        defer();
      }
    } finally {
      clear();
      lock.unlock();
    }
  }

  /** Logs the gaps that were not logged yet. */
  void logGaps() {
    lock.lock();
    try {
      mapper.logGaps();
    } finally {
      lock.unlock();
    }
  }

  /**
   * While Kafka takes nothing, a connection may come and go many times: what waits for room is at
   * most that it was lost, and that it is there again.
   */
  private void status(DeviceState next, String cause, long now) {
    boolean replaces = next == state || state == DeviceState.ONLINE;
    boolean unseen = replaces && statuses != null && statuses.cancel();
    if (unseen) {
      reported.forEach(pipeline.statuses()::withdraw);
    }
    boolean known = unseen && next != state && wasOffline;
    // Another cause is not another state.
    stateSince = next == state ? stateSince : now;
    state = next;
    wasOffline |= next == DeviceState.OFFLINE;
    statuses = null;
    reported = List.of();
    if (known) {
      return;
    }
    List<DeviceStatus> entered = new ArrayList<>(devices.size());
    for (Device<?> device : devices) {
      DeviceStatus status =
          new DeviceStatus(device, next, Clock.instant(stateSince), cause, endpoint);
      entered.add(status);
      pipeline.map(status, batch);
    }
    reported = entered;
    statuses = defer();
  }

  /** Null when there is nothing. */
  private Deferred defer() {
    if (batch.size() == 0) {
      return null;
    }
    batch.track(0, batch.size(), TrackedDelivery.UNTRACKED, position, tracked);
    Deferred deferred = pipeline.defer(tracked);
    clear();
    return deferred;
  }

  private void clear() {
    batch.clear();
    tracked.clear();
  }
}
