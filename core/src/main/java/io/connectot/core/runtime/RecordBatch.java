// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.runtime;

import io.connectot.core.mapping.RecordSink;
import io.connectot.core.runtime.TrackedRecord.RecordParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/** The records of one delivery while the mappers make them. For one thread. */
final class RecordBatch implements RecordSink {
  private final List<RecordParts> parts = new ArrayList<>();
  private long bytes;

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

  int size() {
    return parts.size();
  }

  /** The estimated size of all records, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Makes them one delivery. */
  List<TrackedRecord> track(
      Map<String, ?> sourcePartition, Map<String, ?> sourceOffset, Delivery delivery) {
    List<TrackedRecord> records = new ArrayList<>(parts.size());
    for (RecordParts part : parts) {
      records.add(new TrackedRecord(sourcePartition, sourceOffset, part, delivery));
    }
    return records;
  }
}
