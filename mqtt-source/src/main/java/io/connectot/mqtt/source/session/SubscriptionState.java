// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The subscriptions of a session and the source offset that records them. Thread-safe; changed by
 * one thread at a time.
 */
final class SubscriptionState {
  private static final long RENEWAL_MILLIS = TimeUnit.SECONDS.toMillis(10);

  /** Filters of earlier configurations that the session may still be subscribed to. */
  private final List<String> leftovers;

  private final long generation;

  /** Granted filters; empty before. */
  private volatile List<String> filters = List.of();

  private volatile int tasks;
  private volatile SessionOffset offset;

  /** {@link #offset} in its stored form; shared by many records. */
  private volatile Map<String, Object> sourceOffset;

  SubscriptionState(
      Optional<SessionOffset> before,
      List<String> leftovers,
      int tasks,
      long generation,
      long nowMillis) {
    this.leftovers = new CopyOnWriteArrayList<>(leftovers);
    this.generation = generation;
    this.tasks = tasks;
    this.offset =
        before.orElseGet(() -> new SessionOffset(List.of(), nowMillis, tasks, generation));
    this.sourceOffset = offset.toMap();
  }

  List<String> filters() {
    return filters;
  }

  /**
   * Records the granted filters.
   *
   * @param isNew whether the session is new and so has no other subscriptions
   */
  void granted(List<String> granted, boolean isNew) {
    if (isNew) {
      leftovers.clear();
    }
    filters = granted;
  }

  /** Records filters that the session unsubscribed from. */
  void left(List<String> gone) {
    leftovers.removeAll(gone);
  }

  /** Sets the number of tasks that have sessions. */
  void tasks(int count) {
    tasks = count;
  }

  /** When the session was last seen connected, epoch milliseconds. */
  long seenMillis() {
    return offset.seenMillis();
  }

  Map<String, Object> sourceOffset() {
    return sourceOffset;
  }

  /** Called while connected: renews the offset when it has changed or is older than 10 seconds. */
  void seen(long nowMillis) {
    List<String> all = new ArrayList<>(filters);
    all.addAll(leftovers);
    SessionOffset last = offset;
    // A clock that is set back must not stop the renewal: other tasks wait for it.
    if (Math.abs(nowMillis - last.seenMillis()) > RENEWAL_MILLIS
        || tasks != last.tasks()
        || generation != last.generation()
        || !all.equals(last.filters())) {
      offset = new SessionOffset(all, nowMillis, tasks, generation);
      sourceOffset = offset.toMap();
    }
  }
}
