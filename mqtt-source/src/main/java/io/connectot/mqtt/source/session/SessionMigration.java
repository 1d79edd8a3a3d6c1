// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.source.session.SubscriptionAssignment.Successor;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.mqtt.transport.TransportListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unsubscribes a session from filters that it no longer has, and ends the orphaned session of a
 * task that no longer exists. A filter that moved to another task, or was replaced by filters of
 * other tasks, is left only when those tasks receive its messages: until then both do, as a
 * duplicate is better than a loss. {@link #step} is called by one thread at a time.
 */
final class SessionMigration {
  private static final Logger LOG = LoggerFactory.getLogger(SessionMigration.class);

  /** An orphaned session without messages for this long is empty. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /**
   * Some brokers keep a queue for each filter and discard it with the subscription: the messages
   * that came while the session was away are waited for, until none has arrived for this long.
   */
  private static final Duration QUEUE_SILENCE = Duration.ofSeconds(1);

  /** A filter with steady traffic is left after this time; the queue was delivered first. */
  private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final SubscriptionAssignment assignment;
  private final int ownerTask;
  private final MqttSession session;
  private final MqttSession owner;
  private final TransportFactory ending;
  private final Supplier<Map<String, SessionOffset>> stored;
  private final Runnable onEnded;

  /** The stored offsets when the task's session was first seen subscribed; null before. */
  private Map<String, SessionOffset> atBegin;

  /** When a filter could first be left, by the clock's ticker; null before. */
  private Long readyTick;

  private volatile boolean ended;

  /**
   * @param session the session to migrate
   * @param owner the session of the task; the same unless {@code session} is orphaned
   * @param ending transports that connect as the client of {@code session} with a clean session
   * @param stored reads the stored offsets by client id; may block
   * @param onEnded called when an orphaned session is ended
   */
  SessionMigration(
      SubscriptionAssignment assignment,
      int ownerTask,
      MqttSession session,
      MqttSession owner,
      TransportFactory ending,
      Supplier<Map<String, SessionOffset>> stored,
      Runnable onEnded) {
    this.assignment = assignment;
    this.ownerTask = ownerTask;
    this.session = session;
    this.owner = owner;
    this.ending = ending;
    this.stored = stored;
    this.onEnded = onEnded;
  }

  /** The session to migrate. */
  MqttSession session() {
    return session;
  }

  /** The session of the task. */
  MqttSession owner() {
    return owner;
  }

  /** Whether nothing is left to do. */
  boolean isDone() {
    return session.isFormer() ? ended : session.state().leftovers().isEmpty();
  }

  /**
   * Does what is possible now.
   *
   * @param connection of the session, connected
   * @return whether nothing is left to do
   */
  boolean step(SessionConnection connection) throws InterruptedException {
    if (owner.state().filters().isEmpty() && !assignment.of(ownerTask).isEmpty()) {
      return false;
    }
    if (!session.sessionPresent()) {
      session.state().left(session.state().leftovers());
    }
    leave(connection);
    if (session.isFormer()
        && !ended
        && session.state().leftovers().isEmpty()
        && session.isDrained(SILENCE)) {
      end(connection);
    }
    return isDone();
  }

  private void leave(SessionConnection connection) throws InterruptedException {
    List<String> leaving = session.state().leftovers();
    if (leaving.isEmpty()) {
      return;
    }
    Map<String, SessionOffset> now = Map.copyOf(stored.get());
    if (atBegin == null) {
      atBegin = now;
    }
    List<String> ready =
        leaving.stream()
            .filter(filter -> isTakenOver(filter, now))
            .filter(filter -> assignment.successors(filter).isEmpty() || isQueueDelivered())
            .toList();
    if (ready.isEmpty()) {
      return;
    }
    try {
      connection.unsubscribe(ready);
      LOG.info("{} is no longer subscribed to {}", session.clientId(), ready);
    } catch (ProtocolException e) {
      LOG.debug("{} could not unsubscribe; retrying", session.clientId(), e);
    }
  }

  private boolean isQueueDelivered() {
    if (!session.sessionPresent()) {
      return true;
    }
    long now = session.clock().tick();
    if (readyTick == null) {
      readyTick = now;
    }
    return session.isDrained(QUEUE_SILENCE) || now - readyTick > LONGEST_QUEUE.toNanos();
  }

  /**
   * Whether the new owners of the messages of a filter receive them. If a filter is replaced by
   * others with topics in common, all of these count: they may belong to other tasks, which
   * subscribe later than this one.
   */
  private boolean isTakenOver(String filter, Map<String, SessionOffset> now) {
    return assignment.successors(filter).stream().allMatch(successor -> receives(successor, now));
  }

  /**
   * Whether a new owner is subscribed: another task when its offset changed since this task
   * subscribed. A change is independent of the workers' clocks.
   */
  private boolean receives(Successor successor, Map<String, SessionOffset> now) {
    String wanted = successor.filter();
    int newOwner = successor.task().orElse(ownerTask);
    if (newOwner == ownerTask) {
      return owner.state().filters().contains(wanted);
    }
    SessionOffset other = now.get(assignment.clientId(newOwner));
    return other != null
        && other.filters().contains(wanted)
        && !other.equals(atBegin.get(assignment.clientId(newOwner)));
  }

  /** Makes the broker discard the session. */
  private void end(SessionConnection connection) throws InterruptedException {
    connection.disconnect();
    for (BrokerAddress broker : session.connectionConfig().brokers()) {
      try (MqttTransport transport = ending.newTransport(broker, Optional.empty())) {
        transport.connect(TransportListener.DEAF);
        transport.disconnect(FAREWELL);
        LOG.info("The orphaned session {} is empty and ended", session.clientId());
        break;
      } catch (ProtocolException e) {
        LOG.debug("{}: the session {} could not be ended", broker, session.clientId(), e);
      }
    }
    ended = true;
    onEnded.run();
  }
}
