// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

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
public final class UaSubscription {
  private static final long MAX_SEQUENCE = 0xFFFFFFFFL;

  /**
   * The most numbers in a row without a message after a transfer that count as those of status
   * changes for the sessions of tasks that were killed, which are not counted.
   */
  public static final int MAX_STATUS_CHANGES = 10;

  private final SubscriptionKey key;
  private final UInteger id;

  /** Changed by the thread that handles publish responses. */
  private volatile long keepAliveMillis;

  private final Map<UInteger, NodeState> items = new ConcurrentHashMap<>();

  /** The server's numbers of the items. */
  private final Map<NodeState, UInteger> itemIds = new ConcurrentHashMap<>();

  /** The number of the next message; 0 for not known. */
  private long expected;

  /**
   * The newest message in Kafka when the subscription was taken over; 0 for none. Messages up to
   * this one are published again only if the server lists them.
   */
  private long inKafka;

  /** The first message of this session; 0 for not known. */
  private long first;

  /** Whether messages that the server did not list were looked for. */
  private boolean complete;

  /** What is to be published again before anything new, of a subscription that was taken over. */
  private List<Long> available = List.of();

  /**
   * Whether the server still had at least one message when the subscription was taken over, or the
   * loss of all of them is handled.
   */
  private boolean keepsMessages;

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

  /** The newest message with values or events that came; 0 for none. */
  private long newest;

  /** Its notification, when it may be acknowledged; null before. */
  private InFlightNotification newestAcknowledgeable;

  private volatile long heardNanos = System.nanoTime();

  /**
   * @param keepAliveMillis how often the server is heard of, as it revised it
   * @param expected the number of the next message; 0 for not known
   */
  public UaSubscription(SubscriptionKey key, long keepAliveMillis, long expected) {
    this.key = key;
    this.id = uint(key.id());
    this.keepAliveMillis = keepAliveMillis;
    this.expected = expected;
    this.first = expected;
  }

  /**
   * One that was taken over, with the messages that the server still has of it.
   *
   * @param inKafka the newest message that is in Kafka; 0 for none
   * @param transfers how often since the last message came, this one included
   */
  public static UaSubscription taken(
      SubscriptionKey key,
      long keepAliveMillis,
      long expected,
      long inKafka,
      List<Long> available,
      int transfers) {
    UaSubscription subscription = new UaSubscription(key, keepAliveMillis, expected);
    subscription.inKafka = inKafka;
    if (expected == 0 && inKafka != 0) {
      subscription.first = after(inKafka);
    }
    subscription.available = List.copyOf(available);
    subscription.keepsMessages = !available.isEmpty();
    subscription.transfers = transfers;
    subscription.transferred = true;
    return subscription;
  }

  /** What identifies it over sessions. */
  public SubscriptionKey key() {
    return key;
  }

  /** The server's number of it. */
  public UInteger id() {
    return id;
  }

  /** How often the server publishes while nothing changes, in milliseconds. */
  public long keepAliveMillis() {
    return keepAliveMillis;
  }

  /** Sets how often the server publishes while nothing changes. */
  public void keepAliveMillis(long millis) {
    keepAliveMillis = millis;
  }

  /** Whether a stored offset may name it, so that the next task finds it. */
  public boolean isRecorded() {
    if (!recorded) {
      recorded = items.values().stream().anyMatch(state -> state.isRecordedIn(key));
    }
    return recorded;
  }

  /** Whether values of a node are repeated while they do not change. */
  public boolean hasHeartbeats() {
    return items.values().stream()
        .anyMatch(state -> state.node().tag().report().heartbeat().isPresent());
  }

  /** It has items of events, whose offsets name it. */
  public void hasEvents() {
    recorded = true;
  }

  /** Whether it is from an earlier session. */
  public boolean isTransferred() {
    return transferred;
  }

  /** To be deleted as soon as its unacknowledged messages are handled; before the loop starts. */
  public void retire() {
    retired = true;
  }

  /** Whether it is deleted as soon as its unacknowledged messages are handled. */
  public boolean isRetired() {
    return retired;
  }

  /** The nodes by their numbers in notifications. */
  public Map<UInteger, NodeState> items() {
    return items;
  }

  /** The server's numbers of the items. */
  public Map<NodeState, UInteger> itemIds() {
    return itemIds;
  }

  /** The number of the next message; 0 for not known. */
  public long expected() {
    return expected;
  }

  /** Sets the number of the next message. */
  public void expect(long sequence) {
    expected = sequence;
  }

  /** A message that the server still has is published again. */
  public void republished(long sequence) {
    keepsMessages = true;
    if (first != 0 && distance(sequence, first) < 0) {
      first = sequence;
    }
  }

  /** Whether a number belongs to messages before this session, which are not sent again. */
  public boolean isBeforeSession(long sequence) {
    return first != 0 && distance(sequence, first) < 0;
  }

  /** Whether a message is the newest one in Kafka, or may not be in Kafka. */
  public boolean isNotBeforeKafka(long sequence) {
    return distance(sequence, inKafka) >= 0;
  }

  /**
   * Whether the server dropped what was not acknowledged before it transferred the subscription:
   * the newest message never is acknowledged before another one comes.
   */
  public boolean isWithoutUnacknowledged() {
    return transferred && !keepsMessages;
  }

  /**
   * How many numbers without a message before the first one after a transfer may be those of status
   * changes for earlier sessions.
   */
  public int statusChanges() {
    return transfers == 0 || isWithoutUnacknowledged()
        ? 0
        : Math.max(transfers, MAX_STATUS_CHANGES);
  }

  /**
   * The first message that may be lost if {@code sequence} is the number of the first message or
   * keep-alive after the transfer; 0 for none. Only for a subscription whose next message is not
   * known.
   *
   * @return not 0 once
   */
  public long takeLostBefore(long sequence) {
    boolean lost = isWithoutUnacknowledged() && inKafka != 0 && distance(sequence, inKafka) > 1;
    keepsMessages |= lost;
    return lost ? after(inKafka) : 0;
  }

  /**
   * Whether the server may have messages that it did not list.
   *
   * @return true once
   */
  public boolean mayBeIncomplete() {
    boolean result = transferred && !complete && available.isEmpty();
    complete = true;
    return result;
  }

  /** The messages that the server listed when it transferred the subscription. */
  public List<Long> available() {
    return available;
  }

  /** How often it was transferred since the last message came. */
  public int transfers() {
    return transfers;
  }

  /** A message came after the transfer. */
  public void settled() {
    transfers = 0;
    available = List.of();
  }

  /** Takes in a notification, which is in flight until Kafka has it. */
  public InFlightNotification received(long sequence) {
    InFlightNotification notification = new InFlightNotification(this, sequence);
    inFlightCount.incrementAndGet();
    removeDone();
    inFlight.add(notification);
    return notification;
  }

  /**
   * A message in flight has values or events: servers keep it until it is acknowledged. They do not
   * keep those that have a status change only.
   */
  public void isKept(long sequence) {
    newest = sequence;
  }

  /** The sequence number of the first notification in flight; 0 for none. */
  public long oldestInFlight() {
    removeDone();
    return inFlight.isEmpty() ? 0 : inFlight.peek().sequence();
  }

  private void removeDone() {
    while (!inFlight.isEmpty() && inFlight.peek().isDone()) {
      inFlight.remove();
    }
  }

  /** How many notifications are in flight. Thread-safe. */
  public int inFlight() {
    return inFlightCount.get();
  }

  /** Kafka has a notification. Thread-safe. */
  void acknowledgeable(InFlightNotification notification) {
    inFlightCount.decrementAndGet();
    acknowledgeable.add(notification);
  }

  /**
   * Moves notifications that may be acknowledged to a list, in the order in which they became so.
   * The newest message remains until another one comes: then a server that has no message of the
   * subscription after a transfer is known to have dropped what was not acknowledged.
   */
  public void takeAcknowledgeable(List<InFlightNotification> to, int max) {
    if (newestAcknowledgeable != null
        && newestAcknowledgeable.sequence() != newest
        && to.size() < max) {
      to.add(newestAcknowledgeable);
      newestAcknowledgeable = null;
    }
    while (to.size() < max) {
      InFlightNotification next = acknowledgeable.poll();
      if (next == null) {
        return;
      }
      if (next.sequence() == newest) {
        newestAcknowledgeable = next;
      } else {
        to.add(next);
      }
    }
  }

  /** The server did not receive the acknowledgement of a notification. */
  public void notAcknowledged(InFlightNotification notification) {
    acknowledgeable.addFirst(notification);
  }

  /** When the server was last heard of it, on the monotonic clock. */
  public long heardNanos() {
    return heardNanos;
  }

  /** The server was heard of it. */
  public void heard(long nanos) {
    heardNanos = nanos;
  }

  /** The number after another: they begin at 1 again after 2^32-1. */
  public static long after(long sequence) {
    return sequence == MAX_SEQUENCE ? 1 : sequence + 1;
  }

  /** The number before another. */
  public static long before(long sequence) {
    return sequence == 1 ? MAX_SEQUENCE : sequence - 1;
  }

  /** How far a number is after another, on the circle of 32 bits; negative when it is before. */
  public static int distance(long sequence, long from) {
    return (int) (sequence - from);
  }
}
