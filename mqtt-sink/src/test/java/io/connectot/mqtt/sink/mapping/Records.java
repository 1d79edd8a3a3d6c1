// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records for tests. */
final class Records {
  private Records() {}

  static SinkRecord of(Object value) {
    return of(null, value);
  }

  static SinkRecord of(Schema schema, Object value) {
    return of(null, "k", schema, value);
  }

  static SinkRecord of(Schema keySchema, Object key, Schema schema, Object value) {
    return new SinkRecord(
        "plant", 3, keySchema, key, schema, value, 42, 0L, TimestampType.CREATE_TIME);
  }
}
