// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.delivery.TrackedRecord.RecordParts;
import io.connectot.core.mapping.RecordSink;
import io.connectot.core.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/** The records of one delivery while the mappers make them. For one thread. */
public final class RecordBatch implements RecordSink {
  private final List<RecordParts> parts = new ArrayList<>();
  private long bytes;

  /** Of the records at the same index, null for none; shorter than the parts, or empty. */
  private final List<SourcePosition> positions = new ArrayList<>();

  @Override
  public void accept(
      String topic,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      long timestampMillis,
      ConnectHeaders headers,
      int sizeEstimate) {
    parts.add(
        new RecordParts(
            topic, keySchema, key, valueSchema, value, timestampMillis, headers, sizeEstimate));
    bytes += sizeEstimate;
  }

  /**
   * Says where a record stands in its source.
   *
   * @param index of a record, not below that of an earlier call
   */
  public void position(int index, SourcePosition position) {
    while (positions.size() < index) {
      positions.add(null);
    }
    positions.add(position);
  }

  /** How many records there are. */
  public int size() {
    return parts.size();
  }

  /** The estimated size of all records, in bytes. */
  public long bytes() {
    return bytes;
  }

  /**
   * Makes them one delivery.
   *
   * @param offsetBefore what is stored once Kafka has a part of them; null for nothing
   * @param offsetAfter what is stored once Kafka has all of them; null for nothing
   */
  public List<TrackedRecord> track(
      Map<String, ?> sourcePartition,
      Map<String, ?> offsetBefore,
      Map<String, ?> offsetAfter,
      Delivery delivery) {
    List<TrackedRecord> records = new ArrayList<>(parts.size());
    int last = parts.size() - 1;
    for (int i = 0; i <= last; i++) {
      Map<String, ?> offset = i == last ? offsetAfter : offsetBefore;
      records.add(new TrackedRecord(sourcePartition, offset, parts.get(i), delivery));
    }
    return records;
  }

  /** Makes them one delivery, each with its own position or none. */
  public List<TrackedRecord> track(Delivery delivery) {
    List<TrackedRecord> records = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      SourcePosition position = i < positions.size() ? positions.get(i) : null;
      records.add(
          position == null
              ? new TrackedRecord(null, null, parts.get(i), delivery)
              : new TrackedRecord(position.partition(), position.offset(), parts.get(i), delivery));
    }
    return records;
  }
}
