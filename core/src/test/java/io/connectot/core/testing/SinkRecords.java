// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.testing;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records as the worker passes them to a sink task. */
public final class SinkRecords {
  private SinkRecords() {}

  public static SinkRecord of(TopicPartition partition, long offset, Object value) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        null,
        "key",
        null,
        value,
        offset,
        0L,
        TimestampType.CREATE_TIME);
  }
}
