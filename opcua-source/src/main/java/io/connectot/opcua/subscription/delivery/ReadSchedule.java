// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import io.connectot.opcua.subscription.node.NodeState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When nodes are read: all nodes with the same interval together, at multiples of it by the wall
 * clock, so that all devices are read at the same instants. For one thread.
 */
public final class ReadSchedule {
  /** When an interval is due, epoch nanoseconds, by the interval in nanoseconds. */
  private final Map<Long, Long> due = new HashMap<>();

  /** The nodes that are to be read now, which are not due again before the next instant. */
  public List<NodeState> take(Collection<NodeState> states, long nowNanos) {
    Map<Long, Boolean> now = new HashMap<>();
    List<NodeState> taken = new ArrayList<>();
    for (NodeState state : states) {
      long interval = state.node().tag().interval().toNanos();
      if (now.computeIfAbsent(interval, each -> isDue(each, nowNanos))) {
        taken.add(state);
      }
    }
    due.keySet().retainAll(now.keySet());
    now.forEach(
        (interval, isDue) -> {
          if (isDue) {
            due.put(interval, nowNanos - Math.floorMod(nowNanos, interval) + interval);
          }
        });
    return taken;
  }

  /** A clock that was set back must not stop reading until it has caught up. */
  private boolean isDue(long interval, long nowNanos) {
    Long at = due.get(interval);
    return at == null || nowNanos >= at || at - nowNanos > interval;
  }

  /** How long nothing is due; as long as may be when nothing is read at all. */
  public long nanosToNext(long nowNanos) {
    long next = Long.MAX_VALUE;
    for (long at : due.values()) {
      next = Math.min(next, Math.max(0, at - nowNanos));
    }
    return next;
  }
}
