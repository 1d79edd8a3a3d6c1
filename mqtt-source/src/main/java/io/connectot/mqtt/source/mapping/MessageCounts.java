// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import java.util.concurrent.atomic.AtomicLong;

/** What became of messages beside records. Thread-safe. */
public final class MessageCounts {
  private final AtomicLong unmatched = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong deadLetters = new AtomicLong();
  private final AtomicLong retainedDropped = new AtomicLong();

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
    return unmatched.incrementAndGet();
  }

  long countSkipped() {
    return skipped.incrementAndGet();
  }

  long countDeadLetter() {
    return deadLetters.incrementAndGet();
  }

  void countRetainedDropped() {
    retainedDropped.incrementAndGet();
  }
}
