// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import io.connectot.core.mapping.DeviceMapper;
import java.time.Duration;
import java.util.Date;

/** Converts instants of measurements. Owned by one {@link DeviceMapper}, for its thread. */
public final class RecordTime {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * A broker refuses timestamps that are more than {@code log.message.timestamp.after.max.ms} ahead
   * of its clock, an hour by default since Kafka 4.0, and the task would fail of it.
   */
  private static final long MAX_AHEAD_MILLIS = 5 * 60 * 1000;

  private final long maxAgeMillis;
  private Date lastEvent = new Date(0);
  private Date lastIngest = new Date(0);
  private Long lastNanos;
  private Long lastTimestamp;

  public RecordTime(Duration maxAge) {
    this.maxAgeMillis = maxAge.toMillis();
  }

  public static long millis(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  /**
   * The Kafka timestamp: when the value held at the source, unless the source's clock is so wrong
   * that Kafka would refuse the record or delete it at once; then when it was received.
   */
  public Long kafkaTimestamp(long eventMillis, long ingestMillis) {
    boolean plausible =
        eventMillis >= 0
            && eventMillis >= ingestMillis - maxAgeMillis
            && eventMillis <= ingestMillis + MAX_AHEAD_MILLIS;
    long millis = plausible ? eventMillis : Math.max(0, ingestMillis);
    // Mappers of events call this on several threads, which may share immutable objects.
    Long known = lastTimestamp;
    if (known == null || known != millis) {
      known = millis;
      lastTimestamp = known;
    }
    return known;
  }

  /** Epoch nanoseconds; the values of a scan share one object. */
  public Long nanos(long nanos) {
    if (lastNanos == null || lastNanos != nanos) {
      lastNanos = nanos;
    }
    return lastNanos;
  }

  /** When a value held, as Connect's Timestamp; the values of a scan share one object. */
  public Date event(long millis) {
    if (lastEvent.getTime() != millis) {
      lastEvent = new Date(millis);
    }
    return lastEvent;
  }

  /** When a value was received, as Connect's Timestamp; the values of a scan share one object. */
  public Date ingest(long millis) {
    if (lastIngest.getTime() != millis) {
      lastIngest = new Date(millis);
    }
    return lastIngest;
  }
}
