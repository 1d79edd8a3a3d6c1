// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record that knows the delivery it belongs to.
 *
 * <p>Equality is identity: the exactly-once worker keeps records in a hash map, where two samples
 * that look alike would become one and hashing would walk the whole value.
 */
public final class TrackedRecord extends SourceRecord {
  private final Delivery delivery;
  private final int size;

  @SuppressWarnings("PMD.ExcessiveParameterList")
  public TrackedRecord(
      Map<String, ?> sourcePartition,
      Map<String, ?> sourceOffset,
      RecordParts parts,
      Delivery delivery) {
    super(
        sourcePartition,
        sourceOffset,
        parts.topic(),
        null,
        parts.keySchema(),
        parts.key(),
        parts.valueSchema(),
        parts.value(),
        parts.timestampMillis(),
        parts.headers());
    this.delivery = delivery;
    this.size = parts.size();
  }

  /** What the mapper made, before partition and offset are known. */
  public record RecordParts(
      String topic,
      Schema keySchema,
      Object key,
      Schema valueSchema,
      Object value,
      long timestampMillis,
      ConnectHeaders headers,
      int size) {}

  /** The delivery it is a part of. */
  public Delivery delivery() {
    return delivery;
  }

  /** The estimated size in memory, in bytes. */
  int size() {
    return size;
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
