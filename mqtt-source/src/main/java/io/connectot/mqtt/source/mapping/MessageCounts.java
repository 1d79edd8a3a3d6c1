// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.metrics.Metric;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

/** What became of messages beside records. Thread-safe. */
public final class MessageCounts {
  private final AtomicLong unmatched = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong deadLetters = new AtomicLong();
  private final AtomicLong retainedDropped = new AtomicLong();

  private final ObjLongConsumer<Metric> metrics;

  /** Counts here only. */
  public MessageCounts() {
    this((metric, count) -> {});
  }

  /**
   * @param metrics is told what there are metrics for
   */
  public MessageCounts(ObjLongConsumer<Metric> metrics) {
    this.metrics = metrics;
  }

  /** Messages that no configured subscription can have brought. */
  public long unmatched() {
    return unmatched.get();
  }

  /** Poison messages that were dropped. */
  public long skipped() {
    return skipped.get();
  }

  /** Poison messages that were put aside. */
  public long deadLetters() {
    return deadLetters.get();
  }

  /** Retained messages that nobody wanted. */
  public long retainedDropped() {
    return retainedDropped.get();
  }

  long countUnmatched() {
    metrics.accept(Metric.MESSAGES_UNMATCHED, 1);
    return unmatched.incrementAndGet();
  }

  long countSkipped() {
    metrics.accept(Metric.MESSAGES_POISON, 1);
    return skipped.incrementAndGet();
  }

  long countDeadLetter() {
    metrics.accept(Metric.MESSAGES_POISON, 1);
    return deadLetters.incrementAndGet();
  }

  void countRetainedDropped() {
    retainedDropped.incrementAndGet();
  }
}
