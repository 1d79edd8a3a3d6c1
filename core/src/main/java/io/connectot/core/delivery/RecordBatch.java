// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.model.SourcePosition;
import io.connectot.core.spi.RecordDecorator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records while the mappers make them, until they are queued. For one thread. */
public final class RecordBatch implements RecordSink {
  private final List<PreparedRecord> records = new ArrayList<>();
  private long bytes;

  /** Of the records at the same index, null for none; shorter than the records, or empty. */
  private final List<SourcePosition> positions = new ArrayList<>();

  @Override
  public void accept(PreparedRecord made) {
    records.add(made);
    bytes += made.sizeEstimate();
  }

  /**
   * Sets the position of a record in its source.
   *
   * @param index of a record, not below that of an earlier call
   */
  public void position(int index, SourcePosition position) {
    while (positions.size() < index) {
      positions.add(null);
    }
    positions.add(position);
  }

  /** Adds headers to the records from an index on. */
  public void decorate(int from, RecordDecorator decorator) {
    for (int i = from; i < records.size(); i++) {
      PreparedRecord plain = records.get(i);
      int added = decorator.decorate(plain.headers());
      if (added != 0) {
        records.set(i, plain.withSize(plain.sizeEstimate() + added));
        bytes += added;
      }
    }
  }

  /** How many records there are. */
  public int size() {
    return records.size();
  }

  /** The estimated size of all records, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Removes everything, to be used again. */
  public void clear() {
    records.clear();
    positions.clear();
    bytes = 0;
  }

  /**
   * Makes records of one source partition.
   *
   * @param offsetBefore what is stored once Kafka has a part of them; null for nothing
   * @param offsetAfter what is stored once Kafka has all of them; null for nothing
   */
  public List<TrackedRecord> untracked(
      Map<String, ?> sourcePartition, Map<String, ?> offsetBefore, Map<String, ?> offsetAfter) {
    List<TrackedRecord> made = new ArrayList<>(records.size());
    int last = records.size() - 1;
    for (int i = 0; i <= last; i++) {
      Map<String, ?> offset = i == last ? offsetAfter : offsetBefore;
      made.add(
          new TrackedRecord(sourcePartition, offset, records.get(i), TrackedDelivery.UNTRACKED));
    }
    return made;
  }

  /**
   * Makes the records of one delivery.
   *
   * @param from the index of its first record
   * @param to the index after its last
   * @param otherwise the position of records that have none of their own; null for none
   * @param into gets them
   */
  public void track(
      int from,
      int to,
      TrackedDelivery delivery,
      SourcePosition otherwise,
      List<TrackedRecord> into) {
    for (int i = from; i < to; i++) {
      SourcePosition own = i < positions.size() ? positions.get(i) : null;
      SourcePosition position = own == null ? otherwise : own;
      into.add(
          position == null
              ? new TrackedRecord(null, null, records.get(i), delivery)
              : new TrackedRecord(
                  position.partition(), position.offset(), records.get(i), delivery));
    }
  }
}
