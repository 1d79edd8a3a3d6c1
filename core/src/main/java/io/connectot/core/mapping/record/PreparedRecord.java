// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import io.connectot.core.model.RecordEvent;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;

/**
 * A record before it is known which source partition and offset it has.
 *
 * @param topic a legal Kafka topic
 * @param keySchema null when the record has no key
 * @param key null when the record has no key
 * @param valueSchema null when the value has none, as JSON of no schema
 * @param value null in the {@code value} layout, for a tag without a value, and for a message that
 *     deletes what its key named
 * @param timestampMillis the Kafka timestamp, epoch milliseconds, never null or negative; an object
 *     that records of the same time share
 * @param headers the record's own: changes to them reach no other record
 * @param sizeEstimate roughly how many bytes of heap the record holds, for bounding the buffer
 */
public record PreparedRecord(
    String topic,
    Schema keySchema,
    Object key,
    Schema valueSchema,
    Object value,
    Long timestampMillis,
    Headers headers,
    int sizeEstimate)
    implements RecordEvent {

  /** A record with a timestamp that is not shared with others. */
  public PreparedRecord(
      String topic,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      long timestampMillis,
      Headers headers,
      int sizeEstimate) {
    this(
        topic,
        keySchema,
        key,
        valueSchema,
        value,
        Long.valueOf(timestampMillis),
        headers,
        sizeEstimate);
  }

  /** The same record after headers were added to it. */
  public PreparedRecord withSize(int newEstimate) {
    return new PreparedRecord(
        topic, keySchema, key, valueSchema, value, timestampMillis, headers, newEstimate);
  }
}
