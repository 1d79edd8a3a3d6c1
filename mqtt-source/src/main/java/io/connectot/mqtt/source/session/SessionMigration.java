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
 * task that no longer exists. A filter that moved to another task is left only when that task
 * receives its messages: until then both do, as a duplicate is better than a loss. {@link #step} is
 * called by one thread at a time.
 */
final class SessionMigration {
  private static final Logger LOG = LoggerFactory.getLogger(SessionMigration.class);

  /** An orphaned session without messages for this long is empty. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

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
    List<String> ready = leaving.stream().filter(filter -> isTakenOver(filter, now)).toList();
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

  /**
   * Whether the new owner of a filter receives its messages: for another task, when its offset
   * changed since this task subscribed. A change is independent of the workers' clocks.
   */
  private boolean isTakenOver(String filter, Map<String, SessionOffset> now) {
    Optional<Successor> successor = assignment.successor(filter);
    if (successor.isEmpty()) {
      return true;
    }
    String wanted = successor.get().filter();
    int newOwner = successor.get().task().orElse(ownerTask);
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
