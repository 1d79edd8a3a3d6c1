// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The subscriptions of a session and the source position that records them. Thread-safe; changed by
 * one thread at a time.
 */
final class SubscriptionState {
  private static final long RENEWAL_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final Map<String, String> partition;

  /** Filters of earlier configurations that the session may still be subscribed to. */
  private final List<String> leftovers;

  private final long generation;

  /** Granted filters; empty before. */
  private volatile List<String> filters = List.of();

  private volatile int tasks;
  private volatile Position position;

  SubscriptionState(
      String clientId,
      Optional<SessionOffset> before,
      List<String> leftovers,
      int tasks,
      long generation,
      long nowMillis) {
    this.partition = SessionOffset.partition(clientId);
    this.leftovers = new CopyOnWriteArrayList<>(leftovers);
    this.generation = generation;
    this.tasks = tasks;
    this.position =
        position(
            before.orElseGet(() -> new SessionOffset(leftovers, nowMillis, tasks, generation)));
  }

  private record Position(
      SessionOffset known, Map<String, String> partition, Map<String, Object> offset)
      implements SourcePosition {}

  private Position position(SessionOffset offset) {
    return new Position(offset, partition, offset.toMap());
  }

  List<String> filters() {
    return filters;
  }

  /** Filters of earlier configurations that the session may still be subscribed to. */
  List<String> leftovers() {
    return leftovers;
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
    return position.known().seenMillis();
  }

  /** The position of the records; the same instance while nothing changes. */
  SourcePosition position() {
    return position;
  }

  /** Called while connected: renews the position when it changed or is older than 10 seconds. */
  void seen(long nowMillis) {
    List<String> all = new ArrayList<>(filters);
    all.addAll(leftovers);
    SessionOffset last = position.known();
    // A clock that is set back must not stop the renewal: other tasks wait for it.
    if (Math.abs(nowMillis - last.seenMillis()) > RENEWAL_MILLIS
        || tasks != last.tasks()
        || generation != last.generation()
        || !all.equals(last.filters())) {
      position = position(new SessionOffset(all, nowMillis, tasks, generation));
    }
  }
}
