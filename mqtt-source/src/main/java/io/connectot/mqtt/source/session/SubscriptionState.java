// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What a session is subscribed to, and what of that the worker is to keep. Thread-safe. */
final class SubscriptionState {
  private static final long LONGEST_UNSEEN_MILLIS = TimeUnit.SECONDS.toMillis(10);

  /** What else the session may be subscribed to still. */
  private final List<String> leftovers;

  /** What was granted; empty before. */
  private volatile List<String> filters = List.of();

  private volatile int tasks;
  private volatile SessionOffset kept;

  /** The same as the worker keeps it; shared by many records. */
  private volatile Map<String, Object> sourceOffset;

  SubscriptionState(
      Optional<SessionOffset> before, List<String> leftovers, int tasks, long nowMillis) {
    this.leftovers = new CopyOnWriteArrayList<>(leftovers);
    this.tasks = tasks;
    this.kept = before.orElseGet(() -> new SessionOffset(List.of(), nowMillis, tasks));
    this.sourceOffset = kept.toMap();
  }

  List<String> filters() {
    return filters;
  }

  /**
   * The session is subscribed to these.
   *
   * @param isNew whether it is subscribed to nothing else
   */
  void granted(List<String> granted, boolean isNew) {
    if (isNew) {
      leftovers.clear();
    }
    filters = granted;
  }

  void left(List<String> gone) {
    leftovers.removeAll(gone);
  }

  void tasks(int count) {
    tasks = count;
  }

  /** When the session was seen last, epoch milliseconds. */
  long seenMillis() {
    return kept.seenMillis();
  }

  Map<String, Object> sourceOffset() {
    return sourceOffset;
  }

  /** It is seen connected. Renews what the worker keeps if that has changed or is old. */
  void see(long nowMillis) {
    List<String> all = new ArrayList<>(filters);
    all.addAll(leftovers);
    SessionOffset last = kept;
    if (nowMillis - last.seenMillis() > LONGEST_UNSEEN_MILLIS
        || tasks != last.tasks()
        || !all.equals(last.filters())) {
      kept = new SessionOffset(all, nowMillis, tasks);
      sourceOffset = kept.toMap();
    }
  }
}
