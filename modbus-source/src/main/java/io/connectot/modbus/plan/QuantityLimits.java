// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import java.util.HashMap;
import java.util.Map;

/**
 * The longest requests that a device answers, per table, learned because many devices answer fewer
 * registers than the protocol allows. For one thread at a time.
 */
final class QuantityLimits {
  private final Map<UnitTable, Limit> limits = new HashMap<>();
  private final long recheckNanos;

  /**
   * @param recheckNanos the time until longer requests are tried again
   */
  QuantityLimits(long recheckNanos) {
    this.recheckNanos = recheckNanos;
  }

  private static final class Limit {
    private int longestAnswered;
    private int shortestFailed = Integer.MAX_VALUE;
    private long untilTick;
  }

  private Limit limit(UnitTable unitTable) {
    return limits.computeIfAbsent(unitTable, key -> new Limit());
  }

  /** Records that a request was answered. */
  void answered(Block block) {
    Limit limit = limit(block.unitTable());
    limit.longestAnswered = Math.max(limit.longestAnswered, block.quantity());
    if (limit.shortestFailed <= limit.longestAnswered) {
      limit.shortestFailed = Integer.MAX_VALUE;
    }
  }

  /** Whether a request is longer than any that was answered. */
  boolean isLongest(Block block) {
    return block.quantity() > limit(block.unitTable()).longestAnswered;
  }

  /** Records that a request failed although all its tags can be read in shorter ones. */
  void tooLong(Block block, long tick) {
    Limit limit = limit(block.unitTable());
    limit.shortestFailed = Math.min(limit.shortestFailed, block.quantity());
    limit.untilTick = tick + recheckNanos;
  }

  /** The longest request that should be planned, at most {@code most}. */
  int mostOf(UnitTable unitTable, int most) {
    Limit limit = limits.get(unitTable);
    return limit == null || limit.shortestFailed == Integer.MAX_VALUE
        ? most
        : Math.min(most, limit.longestAnswered);
  }

  /** The length of the request that says most about the limit of a table; 0 when it is known. */
  int trial(UnitTable unitTable) {
    Limit limit = limits.get(unitTable);
    if (limit == null
        || limit.shortestFailed == Integer.MAX_VALUE
        || limit.shortestFailed - limit.longestAnswered <= 1) {
      return 0;
    }
    return (limit.longestAnswered + limit.shortestFailed) / 2;
  }

  /** Records that no request of a length between those tried is possible with these tags. */
  void noTrialPossible(UnitTable unitTable) {
    Limit limit = limit(unitTable);
    limit.shortestFailed = limit.longestAnswered + 1;
  }

  /** Forgets limits that are due; true when there was one. */
  boolean forgetDue(long tick) {
    boolean forgotten = false;
    for (Limit limit : limits.values()) {
      if (limit.shortestFailed != Integer.MAX_VALUE && limit.untilTick - tick <= 0) {
        limit.shortestFailed = Integer.MAX_VALUE;
        limit.longestAnswered = 0;
        forgotten = true;
      }
    }
    return forgotten;
  }

  /** Forgets all limits. */
  void clear() {
    limits.clear();
  }
}
