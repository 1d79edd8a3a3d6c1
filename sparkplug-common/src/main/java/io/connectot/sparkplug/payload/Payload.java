// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One payload. Immutable; the array is handed over.
 *
 * @param timestamp when it was sent, in milliseconds since 1970; null when not given
 * @param seq its sequence number, 0 to 255 when the edge node keeps to the specification; null when
 *     not given, as in NDEATH and commands
 * @param uuid the schema of {@code body}; null when there is none
 * @param body bytes of a schema of its own; null when there are none
 * @param metrics its metrics
 */
@SuppressWarnings("ArrayRecordComponent")
public record Payload(Long timestamp, Long seq, String uuid, byte[] body, List<Metric> metrics) {
  public Payload {
    metrics = List.copyOf(metrics);
  }

  /** A payload of metrics. */
  public static Payload of(Long timestamp, Long seq, List<Metric> metrics) {
    return new Payload(timestamp, seq, null, null, metrics);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && Objects.equals(timestamp, that.timestamp)
        && Objects.equals(seq, that.seq)
        && Objects.equals(uuid, that.uuid)
        && Arrays.equals(body, that.body)
        && metrics.equals(that.metrics);
  }

  @Override
  public int hashCode() {
    return Objects.hash(timestamp, seq, uuid, Arrays.hashCode(body), metrics);
  }
}
