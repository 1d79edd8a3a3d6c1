// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.resume.NotificationPosition;
import io.connectot.opcua.resume.SubscriptionKey;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;

/**
 * Event items of one session, all in one subscription. The thread that starts the session calls
 * {@link #monitor} once, before any event.
 */
public interface EventMonitor {

  /** Whether there is nothing to monitor, and so no subscription needed. */
  boolean isEmpty();

  /**
   * Why not all events come that were asked for, in words for an operator; empty when they do. For
   * the thread that starts the session, after {@link #monitor} where there is anything to monitor.
   */
  default Optional<String> trouble() {
    return Optional.empty();
  }

  /** The subscriptions that events came by in an earlier life of the task. */
  Set<SubscriptionKey> left();

  /** The client handles of items that are known to be in a subscription that was left. */
  Set<UInteger> known(SubscriptionKey subscription);

  /** Whether an item with that client handle is of use. */
  boolean wants(UInteger clientHandle);

  /**
   * Monitors in a subscription, new or taken over.
   *
   * @param present the client handles of the items that the subscription has already
   * @throws ProtocolException when the server does not answer; an item that it refuses is left out
   * @throws InterruptedException when the task stops
   */
  void monitor(SubscriptionKey subscription, Set<UInteger> present)
      throws ProtocolException, InterruptedException;

  /** Events of a subscription may be missing before the next one. */
  void lost(SubscriptionKey subscription);

  /** Whether it monitors in a subscription, with that client handle. */
  boolean has(SubscriptionKey subscription, UInteger clientHandle);

  /**
   * Takes one event of an item that it {@link #has}.
   *
   * @param position its position in the subscription
   * @param receivedNanos when it came, epoch nanoseconds
   * @param out where what it becomes goes
   * @throws InterruptedException when the connection or the task is over
   */
  void event(EventFieldList event, NotificationPosition position, long receivedNanos, Out out)
      throws InterruptedException;

  /** Takes what events become. */
  @FunctionalInterface
  interface Out {
    /**
     * Takes an event.
     *
     * @param delivered called when the runtime has taken it over; until then it may be lost with
     *     the connection
     */
    void add(SourceEvent event, Runnable delivered) throws InterruptedException;
  }
}
