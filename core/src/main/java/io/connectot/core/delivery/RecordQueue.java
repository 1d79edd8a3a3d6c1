// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.ArrayDeque;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Records in order, kept in the groups in which they were added: the queue lives long, and the
 * garbage collector has to be told of every young object that an old one refers to. For one thread
 * at a time.
 */
final class RecordQueue {
  private final ArrayDeque<TrackedRecord[]> groups = new ArrayDeque<>();

  /** How many records of the first group are gone. */
  private int drained;

  private int size;

  /** How many records there are. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Adds a copy of a list.
   *
   * @return the estimated bytes of its records
   */
  long add(List<TrackedRecord> records) {
    if (!records.isEmpty()) {
      groups.add(records.toArray(new TrackedRecord[0]));
      size += records.size();
    }
    return bytes(records);
  }

  /**
   * Moves the first records.
   *
   * @param max at most so many
   * @return their estimated bytes
   */
  long drain(int max, List<SourceRecord> into) {
    long bytes = 0;
    int left = Math.min(max, size);
    size -= left;
    while (left > 0) {
      TrackedRecord[] first = groups.element();
      int to = Math.min(first.length, drained + left);
      left -= to - drained;
      for (int i = drained; i < to; i++) {
        bytes += first[i].size();
        into.add(first[i]);
      }
      drained = to;
      if (drained == first.length) {
        groups.remove();
        drained = 0;
      }
    }
    return bytes;
  }

  static long bytes(List<TrackedRecord> records) {
    long bytes = 0;
    for (TrackedRecord tracked : records) {
      bytes += tracked.size();
    }
    return bytes;
  }
}
