// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The part of the worker's heap that records of unfinished transactions may take. All tasks of the
 * worker share it in equal parts. Thread-safe.
 */
public final class TransactionHeap {
  /** A quarter of the heap. */
  private static final int SHARE = 4;

  private final long maxBytes;
  private final AtomicInteger tasks = new AtomicInteger();

  /**
   * @param heapBytes the whole heap
   */
  public TransactionHeap(long heapBytes) {
    this.maxBytes = heapBytes / SHARE;
  }

  /** A task begins; {@link #leave} when it ends. */
  public void join() {
    tasks.incrementAndGet();
  }

  /** A task ends. */
  public void leave() {
    tasks.decrementAndGet();
  }

  /** The most bytes of one task now. */
  public long perTask() {
    return maxBytes / Math.max(1, tasks.get());
  }
}
