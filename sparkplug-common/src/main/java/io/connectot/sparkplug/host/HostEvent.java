// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;

/** What a host application learns from messages and from the time, in the order of the values. */
public sealed interface HostEvent {

  /** The edge node or device. */
  EdgeId id();

  /**
   * An edge node or device was born, or born again.
   *
   * @param birth its metrics
   * @param payload with their values
   * @param position the state of the edge node after it
   * @param receivedNanos epoch nanoseconds
   */
  record Born(Birth birth, Payload payload, NodePosition position, long receivedNanos)
      implements HostEvent {
    @Override
    public EdgeId id() {
      return birth.id();
    }
  }

  /**
   * Values arrived.
   *
   * @param birth the metrics of the edge node or device
   * @param payload with the values
   * @param definitions the metric of each value; null where it is not known. Not to be changed
   * @param aliasesVerified false when a birth with other aliases may have been missed, so that the
   *     metric of a value that has an alias only may be another one
   * @param position the state of the edge node after it
   * @param receivedNanos epoch nanoseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Data(
      Birth birth,
      Payload payload,
      MetricDefinition[] definitions,
      boolean aliasesVerified,
      NodePosition position,
      long receivedNanos)
      implements HostEvent {
    @Override
    public EdgeId id() {
      return birth.id();
    }
  }

  /**
   * An edge node or device died; all of its metrics are stale.
   *
   * @param birth its metrics; null when its birth was not known
   * @param sinceNanos epoch nanoseconds: the time of the payload for DDEATH, else of the host
   * @param cause in words for an operator
   */
  record Died(EdgeId id, Birth birth, NodePosition position, long sinceNanos, String cause)
      implements HostEvent {}

  /** An edge node or device that was silent for too long sends again. */
  record Returned(EdgeId id, long sinceNanos) implements HostEvent {}

  /**
   * Values of an edge node or device are missing.
   *
   * @param fromNanos the last instant at which a message is known, epoch nanoseconds; null for none
   * @param toNanos the first instant at which messages are known again
   * @param cause in words for an operator
   */
  record Missed(EdgeId id, Long fromNanos, long toNanos, String cause) implements HostEvent {}

  /**
   * The edge node is to be asked for its births.
   *
   * @param cause in words for an operator
   */
  record RebirthRequested(EdgeId id, String cause) implements HostEvent {}
}
