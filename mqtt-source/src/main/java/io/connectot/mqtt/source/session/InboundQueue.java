// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.session;

import io.connectot.core.metrics.Metric;
import io.connectot.core.metrics.TaskMetrics;
import io.connectot.core.model.SourceEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrived and is not mapped yet, in order. Messages of QoS 1 are bounded by the {@link
 * InFlightWindow}, those of QoS 0 here. Thread-safe; who puts never waits.
 */
final class InboundQueue {
  private static final Logger LOG = LoggerFactory.getLogger(InboundQueue.class);
  private static final int MOST_NEWS = 100;

  private final int maxMessages;
  private final long maxBytes;
  private final OverflowPolicy overflow;
  private final TaskMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();

  /** All guarded by {@link #lock}. */
  private final ArrayDeque<InFlightMessage> acknowledged = new ArrayDeque<>();

  private final ArrayDeque<InFlightMessage> fleeting = new ArrayDeque<>();
  private final ArrayDeque<SourceEvent> news = new ArrayDeque<>();
  private long fleetingBytes;
  private long droppedInEpisode;

  /**
   * @param maxMessages the most messages of QoS 0
   * @param maxBytes of their topics and payloads
   */
  InboundQueue(int maxMessages, long maxBytes, OverflowPolicy overflow, TaskMetrics metrics) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
    this.overflow = overflow;
    this.metrics = metrics;
  }

  /** Queues a message of QoS 1. Wakes nobody yet, for seldom does one come alone. */
  void put(InFlightMessage arrival) {
    lock.lock();
    try {
      acknowledged.add(arrival);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes who takes, after messages were put. */
  void messagesPut() {
    lock.lock();
    try {
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Queues a message of QoS 0, or drops one. Wakes nobody yet. */
  void putFleeting(InFlightMessage arrival) {
    lock.lock();
    try {
      boolean fits = makeRoom(arrival);
      if (fits) {
        fleeting.add(arrival);
        fleetingBytes += arrival.bytes();
      } else {
        dropped(arrival);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean makeRoom(InFlightMessage arrival) {
    while (!fleeting.isEmpty()
        && (fleeting.size() >= maxMessages || fleetingBytes + arrival.bytes() > maxBytes)) {
      if (overflow == OverflowPolicy.DROP_NEWEST) {
        return false;
      }
      InFlightMessage oldest = fleeting.remove();
      fleetingBytes -= oldest.bytes();
      dropped(oldest);
    }
    return true;
  }

  private void dropped(InFlightMessage arrival) {
    metrics.add(Metric.MESSAGES_DROPPED, 1);
    droppedInEpisode++;
    if (droppedInEpisode == 1) {
      LOG.warn(
          "Messages of QoS 0 come faster than Kafka takes them, and are dropped, the first of topic"
              + " {}; subscribe with qos=1 to lose none",
          arrival.message().topic());
    }
  }

  /** Queues what is to be told of the connection; when that is too much, forgets the oldest. */
  void put(SourceEvent event) {
    lock.lock();
    try {
      if (news.size() == MOST_NEWS) {
        news.remove();
      }
      news.add(event);
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what there is, in the order of arrival as far as QoS is the same; waits for the first.
   *
   * @param messages filled with up to {@code mostMessages}, or fewer once they have {@code
   *     mostBytes}
   * @param events filled
   */
  void take(
      List<InFlightMessage> messages,
      List<SourceEvent> events,
      int mostMessages,
      long mostBytes,
      Duration wait)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = wait.toNanos();
      while (isEmpty() && nanos > 0) {
        nanos = notEmpty.awaitNanos(nanos);
      }
      events.addAll(news);
      news.clear();
      long bytes = 0;
      while (messages.size() < mostMessages && bytes < mostBytes && !isEmpty()) {
        InFlightMessage next = next();
        bytes += next.bytes();
        messages.add(next);
      }
      if (droppedInEpisode > 0 && fleeting.isEmpty()) {
        LOG.warn("{} messages of QoS 0 were dropped; now there is room again", droppedInEpisode);
        droppedInEpisode = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return acknowledged.isEmpty() && fleeting.isEmpty() && news.isEmpty();
  }

  private InFlightMessage next() {
    InFlightMessage first = acknowledged.peek();
    InFlightMessage other = fleeting.peek();
    if (other == null || (first != null && first.receivedNanos() <= other.receivedNanos())) {
      return acknowledged.remove();
    }
    fleetingBytes -= other.bytes();
    return fleeting.remove();
  }
}
