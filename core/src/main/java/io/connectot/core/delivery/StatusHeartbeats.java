// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.event.DeviceStatusSchema;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.model.DeviceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Maps the statuses of a task's devices, and repeats the present status of each at an interval.
 *
 * <p>What is repeated is the last status that the worker took, and only while no other waits in the
 * buffer, so that no repetition follows a newer status. Repetitions are made when the worker asks
 * for records: none piles up while Kafka takes nothing, and none is made after the task stopped.
 *
 * <p>{@link #due}, {@link #untilDue} and {@link #taken} are for the task's thread, everything else
 * for any.
 */
public final class StatusHeartbeats {
  private final EventMapper mapper;
  private final long intervalNanos;
  private final Clock clock;

  /**
   * By name of the device, the one to be repeated next first. Guarded by this, as all that follow.
   */
  private final Map<String, Beat> beats = new LinkedHashMap<>();

  private boolean closed;

  /** How many statuses wait in the buffer. Written under the lock. */
  private volatile int waiting;

  /**
   * @param mapper makes the records
   */
  public StatusHeartbeats(EventMapper mapper, Duration interval, Clock clock) {
    this.mapper = mapper;
    this.intervalNanos = interval.toNanos();
    this.clock = clock;
  }

  /** The status of one device. Guarded by the lock of its owner. */
  private static final class Beat {
    /** What the worker took last; null before the first. */
    private DeviceStatus known;

    /** By the ticker; when {@link #known} is to be repeated. */
    private long dueTick;

    /** In the order in which they are queued. */
    private final Deque<Waiting> queued = new ArrayDeque<>();
  }

  /** A status in the buffer, and the value of its record. */
  private static final class Waiting {
    private final DeviceStatus status;
    private final Object value;

    Waiting(DeviceStatus status, Object value) {
      this.status = status;
      this.value = value;
    }
  }

  /** Makes the record of a status that is queued next. */
  public synchronized void map(DeviceStatus status, RecordSink sink) {
    mapper.map(
        status,
        now(),
        made -> {
          Beat beat = beats.computeIfAbsent(status.device().name(), device -> new Beat());
          beat.queued.add(new Waiting(status, made.value()));
          waiting++;
          sink.accept(made);
        });
  }

  /** The record of a status is not queued, or not any more. */
  @SuppressWarnings("ReferenceEquality")
  public synchronized void withdraw(DeviceStatus status) {
    Beat beat = beats.get(status.device().name());
    if (beat != null && beat.queued.removeIf(each -> each.status == status)) {
      waiting--;
    }
  }

  /** The worker takes records of the buffer. */
  public void taken(List<SourceRecord> records) {
    if (waiting == 0) {
      return;
    }
    for (SourceRecord each : records) {
      if (each.valueSchema() == DeviceStatusSchema.SCHEMA) {
        taken((Struct) each.value());
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private synchronized void taken(Struct value) {
    String device = value.getString("device");
    Beat beat = beats.get(device);
    if (beat == null) {
      return;
    }
    for (Waiting each : beat.queued) {
      if (each.value == value) {
        beat.queued.remove(each);
        waiting--;
        beat.known = each.status;
        sent(device, beat);
        return;
      }
    }
  }

  /** Makes a device the last to be repeated. */
  private void sent(String device, Beat beat) {
    beat.dueTick = clock.tick() + intervalNanos;
    beats.remove(device);
    beats.put(device, beat);
  }

  /**
   * Repeats the statuses that are due.
   *
   * @param most at most so many
   * @return a list of the caller's own
   */
  public synchronized List<SourceRecord> due(int most) {
    List<SourceRecord> records = new ArrayList<>();
    if (closed || beats.isEmpty()) {
      return records;
    }
    long tick = clock.tick();
    List<DeviceStatus> due = new ArrayList<>();
    for (Beat beat : beats.values()) {
      if (beat.known != null && (beat.dueTick - tick > 0 || due.size() == most)) {
        break;
      }
      if (beat.known != null && beat.queued.isEmpty()) {
        due.add(beat.known);
      }
    }
    for (DeviceStatus status : due) {
      sent(status.device().name(), beats.get(status.device().name()));
      mapper.map(
          status,
          now(),
          made -> records.add(new TrackedRecord(null, null, made, TrackedDelivery.UNTRACKED)));
    }
    return records;
  }

  /** How long until a status is due, at most {@code most}. */
  public synchronized Duration untilDue(Duration most) {
    for (Beat beat : beats.values()) {
      if (beat.known != null && beat.queued.isEmpty()) {
        long nanos = Math.max(0, beat.dueTick - clock.tick());
        return nanos < most.toNanos() ? Duration.ofNanos(nanos) : most;
      }
    }
    return most;
  }

  /** Repeats nothing more: the task stops. */
  public synchronized void close() {
    closed = true;
  }

  private Instant now() {
    return Clock.instant(clock.epochNanos());
  }
}
