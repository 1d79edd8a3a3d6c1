// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.connection.Clock;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.event.DeviceEventMapper;
import io.connectot.core.mapping.event.EventMapper;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all endpoints of a task share on the way out: mappers, buffer and metrics. Thread-safe.
 *
 * @param events maps gaps
 * @param statuses maps statuses, and repeats them
 * @param deviceEvents empty when the protocol has no events, or none are configured
 * @param newestValueNanos when the newest value that is not BAD was received, epoch nanoseconds
 */
public record RecordPipeline(
    RecordMapper mapper,
    EventMapper events,
    StatusHeartbeats statuses,
    Optional<DeviceEventMapper> deviceEvents,
    RecordBuffer buffer,
    TaskMetrics metrics,
    Clock clock,
    AtomicLong newestValueNanos) {
  public void map(DeviceEvent event, RecordSink sink) {
    deviceEvents.ifPresent(mapping -> mapping.map(event, sink));
  }

  public void map(DeviceStatus status, RecordSink sink) {
    statuses.map(status, sink);
  }

  public void map(Gap gap, RecordSink sink) {
    metrics.gap();
    events.map(gap, Clock.instant(clock.epochNanos()), sink);
  }

  /** Counts what came from a device, before the report filter. */
  public void count(List<Measurement> values) {
    long bad = 0;
    long newest = 0;
    for (Measurement value : values) {
      if (value.quality() == Quality.BAD) {
        bad++;
      } else {
        newest = Math.max(newest, value.receivedNanos());
      }
    }
    count(values.size(), bad, newest);
  }

  /**
   * Counts what came from devices, before the report filter.
   *
   * @param values how many values
   * @param bad how many of them are BAD
   * @param newest when the newest that is not BAD was received, epoch nanoseconds; 0 for none
   */
  public void count(long values, long bad, long newest) {
    metrics.valuesRead(values);
    if (bad > 0) {
      metrics.badValues(bad);
    }
    if (newest > 0) {
      newestValueNanos.accumulateAndGet(newest, Math::max);
    }
  }

  /** Queues records without a claim, at once if there is room, else as soon as there is. */
  public RecordBuffer.Deferred defer(List<TrackedRecord> records) {
    metrics.recordsQueued(records.size());
    return buffer.defer(records);
  }

  /** Queues records against an earlier claim. */
  public void put(List<TrackedRecord> records, int claimedRecords, long claimedBytes) {
    buffer.put(records, claimedRecords, claimedBytes);
    metrics.recordsQueued(records.size());
  }
}
