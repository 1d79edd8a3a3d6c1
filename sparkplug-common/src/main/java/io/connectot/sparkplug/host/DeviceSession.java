// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.topic.EdgeId;

/**
 * What is known of an edge node or device from its messages. Fields are owned by its {@link
 * NodeSession}; for one thread at a time.
 */
class DeviceSession {
  /** Whether it is there. */
  enum Life {
    /** No birth was seen. */
    UNKNOWN,
    ALIVE,
    /** Nothing was heard for too long. */
    SILENT,
    DEAD
  }

  final EdgeId id;
  Life life = Life.UNKNOWN;

  /** The last birth; null when none is known. */
  Birth birth;

  /** Whether its edge node was born again since, so that it has to be born again, too. */
  boolean awaitsBirth;

  /**
   * Whether the birth is surely the last one, so that its aliases are right. Not after messages
   * were missed: a birth with other aliases may be among them.
   */
  boolean aliasesVerified = true;

  /** When its values were last known, epoch nanoseconds; null before. */
  Long knownNanos;

  /** Whether values are dropped because their metrics are not known. */
  private boolean dropping;

  private Long droppedFrom;
  private long droppedTick;
  private String droppedCause;

  DeviceSession(EdgeId id) {
    this.id = id;
  }

  boolean isAlive() {
    return life == Life.ALIVE;
  }

  /** Whether its values can be read. */
  boolean isReadable() {
    return birth != null && !awaitsBirth && (life == Life.ALIVE || life == Life.SILENT);
  }

  /** Values are dropped from the last known ones on. */
  void dropValues(String cause, long tick) {
    if (!dropping) {
      dropping = true;
      droppedFrom = knownNanos;
      droppedTick = tick;
      droppedCause = cause;
    }
  }

  /** The span of dropped values ends; null when there is none. */
  HostEvent.Missed endDropped(long toNanos) {
    if (!dropping) {
      return null;
    }
    dropping = false;
    return new HostEvent.Missed(id, droppedFrom, toNanos, droppedCause);
  }

  /** The span of dropped values so far, once an interval; null when there is none. */
  HostEvent.Missed droppedSoFar(Moment now, long intervalNanos) {
    if (!dropping || now.tick() - droppedTick < intervalNanos) {
      return null;
    }
    HostEvent.Missed missed = new HostEvent.Missed(id, droppedFrom, now.epochNanos(), droppedCause);
    droppedFrom = now.epochNanos();
    droppedTick = now.tick();
    return missed;
  }
}
