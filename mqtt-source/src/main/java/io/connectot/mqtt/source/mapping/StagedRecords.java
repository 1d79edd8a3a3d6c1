// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.RecordSink;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/** Keeps the records of a message until all of it is read. For one thread. */
final class StagedRecords implements RecordSink {
  private final List<Staged> records = new ArrayList<>();

  private record Staged(
      String topic,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      long timestampMillis,
      ConnectHeaders headers,
      int size) {}

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
    records.add(
        new Staged(
            topic, keySchema, key, valueSchema, value, timestampMillis, headers, sizeEstimate));
  }

  /** Hands them on in their order. */
  void flushTo(RecordSink sink) {
    for (Staged record : records) {
      sink.accept(
          record.topic,
          record.keySchema,
          record.key,
          record.valueSchema,
          record.value,
          record.timestampMillis,
          record.headers,
          record.size);
    }
  }
}
