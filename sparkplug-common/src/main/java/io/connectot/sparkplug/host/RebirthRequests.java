// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

/**
 * The rebirth requests to one edge node: at most one an interval, repeated while it does not
 * answer. For one thread at a time.
 */
final class RebirthRequests {
  /** Requests without an answer before the next trigger is waited for. */
  private static final int MOST_REPEATED = 5;

  private String wanted;
  private boolean asked;
  private long askedTick;
  private int unanswered;

  /** A rebirth is needed. */
  void want(String cause) {
    if (wanted == null) {
      wanted = cause;
    }
  }

  /** The edge node was born. */
  void answered() {
    wanted = null;
    unanswered = 0;
  }

  /** The edge node is dead; it cannot answer. */
  void drop() {
    wanted = null;
  }

  /**
   * Takes the request that is due.
   *
   * @return its cause; null when none is due
   */
  String due(long tick, long minIntervalNanos) {
    if (wanted == null || (asked && tick - askedTick < minIntervalNanos)) {
      return null;
    }
    String cause = wanted;
    asked = true;
    askedTick = tick;
    unanswered++;
    if (unanswered >= MOST_REPEATED) {
      wanted = null;
    }
    return cause;
  }
}
