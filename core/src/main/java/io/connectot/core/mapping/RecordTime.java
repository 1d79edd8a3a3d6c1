// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import java.time.Duration;
import java.util.Date;

/** Converts instants of measurements. Owned by one {@link DeviceMapper}, for its thread. */
final class RecordTime {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * A broker refuses timestamps that are more than {@code log.message.timestamp.after.max.ms} ahead
   * of its clock, an hour by default since Kafka 4.0, and the task would fail of it.
   */
  private static final long MAX_AHEAD_MILLIS = 5 * 60 * 1000;

  private final long maxAgeMillis;
  private Date lastEvent = new Date(0);
  private Date lastIngest = new Date(0);

  RecordTime(Duration maxAge) {
    this.maxAgeMillis = maxAge.toMillis();
  }

  static long millis(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  /**
   * The Kafka timestamp: when the value held at the source, unless the source's clock is so wrong
   * that Kafka would refuse the record or delete it at once; then when it was received.
   */
  long kafkaTimestamp(long eventMillis, long ingestMillis) {
    boolean plausible =
        eventMillis >= 0
            && eventMillis >= ingestMillis - maxAgeMillis
            && eventMillis <= ingestMillis + MAX_AHEAD_MILLIS;
    return plausible ? eventMillis : Math.max(0, ingestMillis);
  }

  /** When a value held, as Connect's Timestamp; the values of a scan share one object. */
  Date event(long millis) {
    if (lastEvent.getTime() != millis) {
      lastEvent = new Date(millis);
    }
    return lastEvent;
  }

  /** When a value was received, as Connect's Timestamp; the values of a scan share one object. */
  Date ingest(long millis) {
    if (lastIngest.getTime() != millis) {
      lastIngest = new Date(millis);
    }
    return lastIngest;
  }
}
