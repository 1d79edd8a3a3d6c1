// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.metrics.TaskMetric;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

/** Counts the messages that become no ordinary record. Thread-safe. */
public final class MessageCounts {
  private final AtomicLong unmatched = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong deadLetters = new AtomicLong();
  private final AtomicLong retainedDropped = new AtomicLong();

  private final ObjLongConsumer<TaskMetric> metrics;

  /** Counters without metrics. */
  public MessageCounts() {
    this((metric, count) -> {});
  }

  /**
   * @param metrics receives the counts that have a metric
   */
  public MessageCounts(ObjLongConsumer<TaskMetric> metrics) {
    this.metrics = metrics;
  }

  /** Messages that match no configured subscription. */
  public long unmatched() {
    return unmatched.get();
  }

  /** Skipped poison messages. */
  public long skipped() {
    return skipped.get();
  }

  /** Poison messages written to the dead letter topic. */
  public long deadLetters() {
    return deadLetters.get();
  }

  /** Retained messages dropped by {@code retained=skip}. */
  public long retainedDropped() {
    return retainedDropped.get();
  }

  long countUnmatched() {
    metrics.accept(TaskMetric.MESSAGES_UNMATCHED, 1);
    return unmatched.incrementAndGet();
  }

  long countSkipped() {
    metrics.accept(TaskMetric.MESSAGES_POISON, 1);
    return skipped.incrementAndGet();
  }

  long countDeadLetter() {
    metrics.accept(TaskMetric.MESSAGES_POISON, 1);
    return deadLetters.incrementAndGet();
  }

  void countRetainedDropped() {
    retainedDropped.incrementAndGet();
  }
}
