// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the server's messages are wholly in Kafka and may be acknowledged. A message is open
 * until its values were handed to the runtime and Kafka has them; values that wait for history hold
 * it open longer. Thread-safe.
 */
final class AckLedger {
  /** One message of the server. Guarded by the ledger. */
  static final class Message {
    private final AckLedger ledger;
    private final long subscription;
    private final long sequence;
    private int holds = 1;

    private Message(AckLedger ledger, long subscription, long sequence) {
      this.ledger = ledger;
      this.subscription = subscription;
      this.sequence = sequence;
    }

    long sequence() {
      return sequence;
    }

    /** Keeps the message open for one value more. */
    void retain() {
      ledger.hold(this);
    }
  }

  /**
   * A message that may be acknowledged.
   *
   * @param subscription the server's number of the subscription
   * @param sequence the number of the message
   */
  record Ack(long subscription, long sequence) {}

  private final ArrayDeque<Ack> ready = new ArrayDeque<>();

  /** Those that are open of each subscription in the order of their numbers, and some that were. */
  private final Map<Long, ArrayDeque<Message>> bySubscription = new HashMap<>();

  private int open;

  /** Begins a message, with one hold for whoever handles it. */
  synchronized Message open(long subscription, long sequence) {
    open++;
    Message message = new Message(this, subscription, sequence);
    ArrayDeque<Message> earlier =
        bySubscription.computeIfAbsent(subscription, unused -> new ArrayDeque<>());
    dropClosed(earlier);
    earlier.add(message);
    return message;
  }

  /** The number of the first message of a subscription that Kafka does not have; 0 for none. */
  synchronized long oldestOpen(long subscription) {
    ArrayDeque<Message> messages = bySubscription.get(subscription);
    if (messages == null) {
      return 0;
    }
    dropClosed(messages);
    return messages.isEmpty() ? 0 : messages.peek().sequence();
  }

  private static void dropClosed(ArrayDeque<Message> messages) {
    while (!messages.isEmpty() && messages.peek().holds == 0) {
      messages.remove();
    }
  }

  private synchronized void hold(Message message) {
    message.holds++;
  }

  /** Ends one hold: Kafka has the value, or it needs no record. */
  synchronized void release(Message message) {
    releaseLocked(message);
  }

  /** Takes what may be acknowledged now, in the order in which it became so. */
  synchronized List<Ack> take(int most) {
    List<Ack> taken = new ArrayList<>(Math.min(most, ready.size()));
    while (taken.size() < most && !ready.isEmpty()) {
      taken.add(ready.poll());
    }
    return taken;
  }

  /** Puts back what did not reach the server. */
  synchronized void giveBack(List<Ack> acks) {
    for (int i = acks.size() - 1; i >= 0; i--) {
      ready.addFirst(acks.get(i));
    }
  }

  /** How many messages Kafka does not have yet. */
  synchronized int open() {
    return open;
  }

  private void releaseLocked(Message message) {
    message.holds--;
    if (message.holds == 0) {
      open--;
      ready.add(new Ack(message.subscription, message.sequence));
    }
  }
}
