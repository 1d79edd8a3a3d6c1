// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.model.DeviceEvent;
import io.connectot.core.model.DeviceEvent.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The active alarms of one device, kept as long as the task runs, so that alarms that were settled
 * during an interruption can be reported: a condition refresh repeats active alarms only.
 * Thread-safe.
 */
public final class ActiveConditions {
  /** Further alarms are not reported when they are settled unseen. */
  private static final int MAX = 100_000;

  private final Map<String, DeviceEvent> active = new LinkedHashMap<>(); // guarded by this

  /** Those seen since the refresh began; null while there is none. Guarded by this. */
  private Set<String> refreshed;

  /** Takes in an event of an alarm. */
  synchronized void heard(DeviceEvent event) {
    Condition condition = event.condition().orElseThrow();
    String key = key(condition);
    if (refreshed != null) {
      refreshed.add(key);
    }
    if (!condition.retain()) {
      active.remove(key);
    } else if (active.size() < MAX || active.containsKey(key)) {
      active.put(key, event);
    }
  }

  /** A refresh begins. */
  synchronized void refreshStarts() {
    refreshed = new HashSet<>();
  }

  /**
   * A refresh is over.
   *
   * @param nanos now, epoch nanoseconds
   * @return an event for each alarm that was settled unseen
   */
  synchronized List<DeviceEvent> refreshEnds(long nanos) {
    if (refreshed == null) {
      return List.of();
    }
    List<DeviceEvent> settled = new ArrayList<>();
    Set<String> left = refreshed;
    refreshed = null;
    active
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !left.contains(entry.getKey());
              if (gone) {
                settled.add(settled(entry.getValue(), nanos));
              }
              return gone;
            });
    return settled;
  }

  /** The connection is over, and a refresh with it. */
  public synchronized void connectionLost() {
    refreshed = null;
  }

  private static String key(Condition condition) {
    return condition.id() + " " + condition.branch().orElse("");
  }

  private static DeviceEvent settled(DeviceEvent last, long nanos) {
    Condition known = last.condition().orElseThrow();
    return new DeviceEvent(
        last.device(),
        last.type(),
        last.origin(),
        Optional.empty(),
        nanos,
        nanos,
        last.severity(),
        last.message(),
        Optional.of(
            new Condition(
                known.id(),
                known.name(),
                known.branch(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                known.suppressed(),
                Optional.empty(),
                Optional.empty())),
        true,
        Map.of());
  }
}
