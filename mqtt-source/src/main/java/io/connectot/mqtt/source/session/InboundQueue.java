// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.SourceEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that arrived and are not mapped yet, in order. Messages of QoS 1 and 2 are bounded by
 * the {@link InFlightWindow}, those of QoS 0 by the queue. Thread-safe; adding never blocks.
 */
final class InboundQueue {
  private static final Logger LOG = LoggerFactory.getLogger(InboundQueue.class);
  private static final int MAX_EVENTS = 100;

  private final int maxMessages;
  private final long maxBytes;
  private final OverflowPolicy overflow;
  private final TaskMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();

  /** Messages of QoS 1 and 2. Guarded by {@link #lock}, like the fields below. */
  private final ArrayDeque<InFlightMessage> tracked = new ArrayDeque<>();

  /** Messages of QoS 0. */
  private final ArrayDeque<InFlightMessage> untracked = new ArrayDeque<>();

  private final ArrayDeque<SourceEvent> events = new ArrayDeque<>();
  private long untrackedBytes;

  /** Messages dropped since there was room for all. */
  private long dropped;

  /**
   * @param maxMessages maximum number of QoS 0 messages
   * @param maxBytes maximum size of their topics and payloads
   */
  InboundQueue(int maxMessages, long maxBytes, OverflowPolicy overflow, TaskMetrics metrics) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
    this.overflow = overflow;
    this.metrics = metrics;
  }

  /** Adds a message of QoS 1 or 2, without waking the processing thread: more usually follow. */
  void put(InFlightMessage message) {
    lock.lock();
    try {
      tracked.add(message);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the processing thread after messages were added. */
  void messagesPut() {
    lock.lock();
    try {
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a message of QoS 0, or drops one, without waking the processing thread. */
  void putUntracked(InFlightMessage message) {
    lock.lock();
    try {
      if (makeRoom(message)) {
        untracked.add(message);
        untrackedBytes += message.bytes();
      } else {
        drop(message);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean makeRoom(InFlightMessage message) {
    while (!untracked.isEmpty()
        && (untracked.size() >= maxMessages || untrackedBytes + message.bytes() > maxBytes)) {
      if (overflow == OverflowPolicy.DROP_NEWEST) {
        return false;
      }
      InFlightMessage oldest = untracked.remove();
      untrackedBytes -= oldest.bytes();
      drop(oldest);
    }
    return true;
  }

  private void drop(InFlightMessage message) {
    metrics.add(TaskMetric.MESSAGES_DROPPED, 1);
    dropped++;
    if (dropped == 1) {
      LOG.warn(
          "QoS 0 messages arrive faster than Kafka takes them and are dropped, the first with topic"
              + " {}; subscribe with qos=1 to lose none",
          message.message().topic());
    }
  }

  /** Adds an event of the session; when there are too many, drops the oldest. */
  void put(SourceEvent event) {
    lock.lock();
    try {
      if (events.size() == MAX_EVENTS) {
        events.remove();
      }
      events.add(event);
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what is queued; waits while there is nothing. Messages with the same kind of QoS are in
   * order of arrival.
   *
   * @param messages filled with up to {@code maxCount}, or fewer once they have {@code maxSize}
   *     bytes
   * @param sessionEvents filled
   */
  void take(
      List<InFlightMessage> messages, List<SourceEvent> sessionEvents, int maxCount, long maxSize)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (events.isEmpty() && tracked.isEmpty() && untracked.isEmpty()) {
        notEmpty.await();
      }
      sessionEvents.addAll(events);
      events.clear();
      long bytes = 0;
      while (messages.size() < maxCount
          && bytes < maxSize
          && !(tracked.isEmpty() && untracked.isEmpty())) {
        InFlightMessage next = next();
        bytes += next.bytes();
        messages.add(next);
      }
      if (dropped > 0 && untracked.isEmpty()) {
        LOG.warn("{} QoS 0 messages were dropped; now there is room again", dropped);
        dropped = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  private InFlightMessage next() {
    InFlightMessage first = tracked.peek();
    InFlightMessage other = untracked.peek();
    if (other == null || (first != null && first.receivedNanos() <= other.receivedNanos())) {
      return tracked.remove();
    }
    untrackedBytes -= other.bytes();
    return untracked.remove();
  }
}
