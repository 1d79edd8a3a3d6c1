// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records as the worker passes them to a sink task. */
final class SinkRecords {
  private SinkRecords() {}

  static SinkRecord of(TopicPartition partition, long offset, Object value) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        null,
        null,
        null,
        value,
        offset,
        0L,
        TimestampType.CREATE_TIME);
  }
}
