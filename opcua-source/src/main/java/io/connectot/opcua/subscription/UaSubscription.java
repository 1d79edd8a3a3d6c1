// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.opcua.resume.SubscriptionKey;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * One subscription of the session. Any thread may change the items and acknowledge notifications;
 * the rest belongs to the thread that handles publish responses.
 */
final class UaSubscription {
  private static final long MAX_SEQUENCE = 0xFFFFFFFFL;

  private final SubscriptionKey key;
  private final UInteger id;

  /** Changed by the thread that handles publish responses. */
  private volatile long keepAliveMillis;

  private final Map<UInteger, NodeState> items = new ConcurrentHashMap<>();

  /** The server's numbers of the items. */
  private final Map<NodeState, UInteger> itemIds = new ConcurrentHashMap<>();

  /** The number of the next message; 0 for not known. */
  private long expected;

  /** What is to be published again before anything new, of a subscription that was taken over. */
  private List<Long> available = List.of();

  /** How often the subscription was taken over since the last message came. */
  private volatile int transfers;

  /** Whether a stored offset may name it, so that the next task finds it. */
  private volatile boolean recorded;

  /** Whether it is from an earlier session. */
  private boolean transferred;

  /** Whether only its unacknowledged messages are of use. */
  private boolean retired;

  /** Received and, at the front, not acknowledgeable yet; in the order of receipt. */
  private final ArrayDeque<InFlightNotification> inFlight = new ArrayDeque<>();

  /** Added to by any thread. */
  private final ConcurrentLinkedDeque<InFlightNotification> acknowledgeable =
      new ConcurrentLinkedDeque<>();

  private final AtomicInteger inFlightCount = new AtomicInteger();
  private volatile long heardNanos = System.nanoTime();

  /**
   * @param keepAliveMillis how often the server is heard of, as it revised it
   * @param expected the number of the next message; 0 for not known
   */
  UaSubscription(SubscriptionKey key, long keepAliveMillis, long expected) {
    this.key = key;
    this.id = uint(key.id());
    this.keepAliveMillis = keepAliveMillis;
    this.expected = expected;
  }

  /**
   * One that was taken over, with the messages that the server still has of it.
   *
   * @param transfers how often since the last message came, this one included
   */
  static UaSubscription taken(
      SubscriptionKey key,
      long keepAliveMillis,
      long expected,
      List<Long> available,
      int transfers) {
    UaSubscription subscription = new UaSubscription(key, keepAliveMillis, expected);
    subscription.available = List.copyOf(available);
    subscription.transfers = transfers;
    subscription.transferred = true;
    return subscription;
  }

  SubscriptionKey key() {
    return key;
  }

  UInteger id() {
    return id;
  }

  long keepAliveMillis() {
    return keepAliveMillis;
  }

  void keepAliveMillis(long millis) {
    keepAliveMillis = millis;
  }

  /** Whether a stored offset may name it, so that the next task finds it. */
  boolean isRecorded() {
    if (!recorded) {
      recorded = items.values().stream().anyMatch(state -> state.isRecordedIn(key));
    }
    return recorded;
  }

  /** Whether values of a node are repeated while they do not change. */
  boolean hasHeartbeats() {
    return items.values().stream()
        .anyMatch(state -> state.node().tag().report().heartbeat().isPresent());
  }

  /** It has items of events, whose offsets name it. */
  void hasEvents() {
    recorded = true;
  }

  /** Whether it is from an earlier session. */
  boolean isTransferred() {
    return transferred;
  }

  /** To be deleted as soon as its unacknowledged messages are handled; before the loop starts. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  Map<UInteger, NodeState> items() {
    return items;
  }

  Map<NodeState, UInteger> itemIds() {
    return itemIds;
  }

  long expected() {
    return expected;
  }

  void expect(long sequence) {
    expected = sequence;
  }

  List<Long> available() {
    return available;
  }

  int transfers() {
    return transfers;
  }

  void settled() {
    transfers = 0;
    available = List.of();
  }

  /** Takes in a notification, which is in flight until Kafka has it. */
  InFlightNotification received(long sequence) {
    InFlightNotification notification = new InFlightNotification(this, sequence);
    inFlightCount.incrementAndGet();
    removeDone();
    inFlight.add(notification);
    return notification;
  }

  /** The sequence number of the first notification in flight; 0 for none. */
  long oldestInFlight() {
    removeDone();
    return inFlight.isEmpty() ? 0 : inFlight.peek().sequence();
  }

  private void removeDone() {
    while (!inFlight.isEmpty() && inFlight.peek().isDone()) {
      inFlight.remove();
    }
  }

  /** How many notifications are in flight. Thread-safe. */
  int inFlight() {
    return inFlightCount.get();
  }

  /** Kafka has a notification. Thread-safe. */
  void acknowledgeable(InFlightNotification notification) {
    inFlightCount.decrementAndGet();
    acknowledgeable.add(notification);
  }

  /**
   * Moves notifications that may be acknowledged to a list, in the order in which they became so.
   */
  void takeAcknowledgeable(List<InFlightNotification> to, int max) {
    while (to.size() < max) {
      InFlightNotification next = acknowledgeable.poll();
      if (next == null) {
        return;
      }
      to.add(next);
    }
  }

  /** The server did not receive the acknowledgement of a notification. */
  void notAcknowledged(InFlightNotification notification) {
    acknowledgeable.addFirst(notification);
  }

  long heardNanos() {
    return heardNanos;
  }

  void heard(long nanos) {
    heardNanos = nanos;
  }

  /** The number after another: they begin at 1 again after 2^32-1. */
  static long after(long sequence) {
    return sequence == MAX_SEQUENCE ? 1 : sequence + 1;
  }

  /** How far a number is after another, on the circle of 32 bits; negative when it is before. */
  static int distance(long sequence, long from) {
    return (int) (sequence - from);
  }
}
