// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.metrics.TaskMetrics;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of one broker that are not processed yet, in order. Thread-safe; adding never blocks.
 */
final class EdgeQueue {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeQueue.class);

  private final long maxBytes;
  private final TaskMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final ArrayDeque<EdgeMessage> messages = new ArrayDeque<>(); // guarded by lock
  private long bytes; // guarded by lock
  private long dropped; // guarded by lock

  EdgeQueue(long maxBytes, TaskMetrics metrics) {
    this.maxBytes = maxBytes;
    this.metrics = metrics;
  }

  /**
   * Adds a message, without waking the thread that processes: more usually follow.
   *
   * @return whether there was room
   */
  boolean put(EdgeMessage message) {
    lock.lock();
    try {
      if (message.message() != null && bytes + message.bytes() > maxBytes) {
        metrics.add(TaskMetric.MESSAGES_DROPPED, 1);
        if (dropped++ == 0) {
          LOG.warn(
              "Messages arrive faster than Kafka takes them and are dropped, the first with topic"
                  + " {}; gaps tell which (sparkplug.queue.max.bytes)",
              message.message().topic());
        }
        return false;
      }
      messages.add(message);
      bytes += message.bytes();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the thread that processes. */
  void wake() {
    lock.lock();
    try {
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return messages.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing but lost connections waits. */
  boolean isWithoutMessages() {
    lock.lock();
    try {
      return bytes == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Takes messages; waits for a while if there are none. */
  void take(List<EdgeMessage> into, int most, long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = waitNanos;
      while (messages.isEmpty() && left > 0) {
        left = notEmpty.awaitNanos(left);
      }
      while (into.size() < most && !messages.isEmpty()) {
        EdgeMessage next = messages.remove();
        bytes -= next.bytes();
        into.add(next);
      }
      if (dropped > 0 && messages.isEmpty()) {
        LOG.warn("{} messages were dropped; now there is room again", dropped);
        dropped = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /** How long a thread that processes waits for messages, so that timers are kept. */
  static long waitNanos() {
    return TimeUnit.MILLISECONDS.toNanos(100);
  }
}
