// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import java.util.Date;

/** Converts instants of measurements. Owned by one {@link DeviceMapper}, for its thread. */
final class RecordTime {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * A broker refuses timestamps that are more than {@code log.message.timestamp.after.max.ms} ahead
   * of its clock, an hour by default since Kafka 4.0, and the task would fail of it.
   */
  private static final long MAX_AHEAD_MILLIS = 30 * 60 * 1000;

  private Date last = new Date(0);

  static long millis(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  /**
   * The Kafka timestamp: when the value held at the source, unless the source's clock is so wrong
   * that Kafka would refuse the record; then when it was received.
   */
  static long kafkaTimestamp(long millis, long receivedMillis) {
    return millis < 0 || millis > receivedMillis + MAX_AHEAD_MILLIS
        ? Math.max(0, receivedMillis)
        : millis;
  }

  /** The instant as Connect's Timestamp; the values of a scan share one object. */
  Date date(long millis) {
    Date date = last;
    if (date.getTime() != millis) {
      date = new Date(millis);
      last = date;
    }
    return date;
  }
}
