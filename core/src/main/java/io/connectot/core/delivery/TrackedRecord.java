// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.mapping.record.PreparedRecord;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record that knows the delivery it belongs to.
 *
 * <p>Equality is identity: the exactly-once worker keeps records in a hash map, where two samples
 * that look alike would become one and hashing would walk the whole value.
 */
public final class TrackedRecord extends SourceRecord {
  /** For the superclass, which would create such an object for every record. Not reachable. */
  private static final ConnectHeaders NO_HEADERS = new ConnectHeaders();

  private final TrackedDelivery delivery;
  private final int size;

  /** Instead of those of the superclass, which copies them into a list. */
  private final Headers headers;

  /** Null unless observed. Owned by the task's thread until the record was sent. */
  private ValueProbe probe;

  public TrackedRecord(
      Map<String, ?> sourcePartition,
      Map<String, ?> sourceOffset,
      PreparedRecord made,
      TrackedDelivery delivery) {
    super(
        sourcePartition,
        sourceOffset,
        made.topic(),
        null,
        made.keySchema(),
        made.key(),
        made.valueSchema(),
        made.value(),
        made.timestampMillis(),
        NO_HEADERS);
    this.headers = made.headers();
    this.delivery = delivery;
    this.size = made.sizeEstimate();
  }

  /** The delivery it is a part of. */
  public TrackedDelivery delivery() {
    return delivery;
  }

  /** The estimated size in memory, in bytes. */
  int size() {
    return size;
  }

  /** Observes how the record is converted. Before the worker gets it. */
  void observe(ValueProbe observer) {
    probe = observer;
  }

  /** What was observed; null for nothing. */
  ValueProbe probe() {
    return probe;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public Object value() {
    return probe == null ? super.value() : probe.value();
  }

  @Override
  public Schema keySchema() {
    if (probe != null) {
      probe.askedForKeySchema();
    }
    return super.keySchema();
  }

  @Override
  public Schema valueSchema() {
    if (probe != null) {
      probe.askedForValueSchema();
    }
    return super.valueSchema();
  }

  @Override
  public Integer kafkaPartition() {
    if (probe != null) {
      probe.askedForPartition();
    }
    return super.kafkaPartition();
  }

  @Override
  public SourceRecord newRecord(
      String topic,
      Integer kafkaPartition,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      Long timestamp) {
    if (probe != null) {
      probe.replaced(value);
    }
    return super.newRecord(topic, kafkaPartition, keySchema, key, valueSchema, value, timestamp);
  }

  @Override
  public SourceRecord newRecord(
      String topic,
      Integer kafkaPartition,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      Long timestamp,
      Iterable<Header> headers) {
    if (probe != null) {
      probe.replaced(value);
    }
    return super.newRecord(
        topic, kafkaPartition, keySchema, key, valueSchema, value, timestamp, headers);
  }

  /** The text of an ordinary record. */
  @Override
  public String toString() {
    return new SourceRecord(
            sourcePartition(),
            sourceOffset(),
            topic(),
            super.kafkaPartition(),
            super.keySchema(),
            key(),
            super.valueSchema(),
            super.value(),
            timestamp(),
            headers)
        .toString();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
