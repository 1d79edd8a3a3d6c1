// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.source.session.SubscriptionAssignment.Successor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what the sessions of a task and of former tasks are subscribed to and should not be. A
 * filter that moved is left only when whoever has it now proves to receive: until then both do, for
 * a message that comes twice is better than one that does not come. {@link #step} is for one
 * thread.
 */
final class SessionMigration {
  private static final Logger LOG = LoggerFactory.getLogger(SessionMigration.class);

  /** How long a former task's session must be silent until it counts as empty. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final SubscriptionAssignment layout;
  private final int task;
  private final MqttSession session;
  private final List<String> left;
  private final List<OrphanedSession> former;
  private final Supplier<Map<String, SessionOffset>> kept;
  private final Clock clock;

  /** The stored offsets when the task's session was first seen subscribed; null before. */
  private Map<String, SessionOffset> atBegin;

  /**
   * @param left what the task's own session has to leave
   * @param former the sessions of tasks that are no more
   * @param kept reads what the worker keeps now, by client id
   */
  SessionMigration(
      SubscriptionAssignment layout,
      int task,
      MqttSession session,
      List<String> left,
      List<OrphanedSession> former,
      Supplier<Map<String, SessionOffset>> kept,
      Clock clock) {
    this.layout = layout;
    this.task = task;
    this.session = session;
    this.left = new ArrayList<>(left);
    this.former = new CopyOnWriteArrayList<>(former);
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Does what can be done now.
   *
   * @return whether everything is done
   */
  boolean step() throws InterruptedException {
    if (session.filters().isEmpty() && !layout.of(task).isEmpty()) {
      return false;
    }
    Map<String, SessionOffset> now = isSomethingLeft() ? Map.copyOf(kept.get()) : Map.of();
    if (atBegin == null) {
      atBegin = now;
    }
    leave(session, left, now);
    List<OrphanedSession> ended = new ArrayList<>();
    for (OrphanedSession one : former) {
      if (!one.session().sessionPresent()) {
        one.left().clear();
      }
      leave(one.session(), one.left(), now);
      if (one.left().isEmpty() && one.isEmpty(clock, SILENCE)) {
        one.end();
        ended.add(one);
      }
    }
    former.removeAll(ended);
    if (former.isEmpty()) {
      session.tasks(layout.tasks());
    }
    return isDone();
  }

  /** Whether nothing is left to do. */
  boolean isDone() {
    return left.isEmpty() && former.isEmpty();
  }

  /** Begins to connect as former tasks. */
  void start() {
    former.forEach(one -> one.session().start());
  }

  /** Stops mapping what former tasks left. For any thread. */
  void quiesce() {
    former.forEach(one -> one.session().quiesce());
  }

  private boolean isSomethingLeft() {
    return !left.isEmpty() || former.stream().anyMatch(one -> !one.left().isEmpty());
  }

  private void leave(MqttSession which, List<String> leaving, Map<String, SessionOffset> now)
      throws InterruptedException {
    List<String> ready = leaving.stream().filter(filter -> isTakenOver(filter, now)).toList();
    if (ready.isEmpty()) {
      return;
    }
    try {
      if (which.unsubscribe(ready)) {
        leaving.removeAll(ready);
        LOG.info("{} is no longer subscribed to {}", which.clientId(), ready);
      }
    } catch (ProtocolException e) {
      LOG.debug("{} could not unsubscribe; it tries again", which.clientId(), e);
    }
  }

  /**
   * Whether the new owner of a filter receives its messages: for another task, when its offset
   * changed since this task subscribed. A change is independent of the workers' clocks.
   */
  private boolean isTakenOver(String filter, Map<String, SessionOffset> now) {
    Optional<Successor> successor = layout.successor(filter);
    if (successor.isEmpty()) {
      return true;
    }
    String wanted = successor.get().filter();
    int owner = successor.get().task().orElse(task);
    if (owner == task) {
      return session.filters().contains(wanted);
    }
    SessionOffset other = now.get(layout.clientId(owner));
    return other != null
        && other.filters().contains(wanted)
        && !other.equals(atBegin.get(layout.clientId(owner)));
  }

  /** Says farewell as former tasks; the broker keeps their sessions. For any thread. */
  void close() {
    former.forEach(one -> one.session().close());
  }
}
