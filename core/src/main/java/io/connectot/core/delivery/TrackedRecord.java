// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.mapping.PreparedRecord;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record that knows the delivery it belongs to.
 *
 * <p>Equality is identity: the exactly-once worker keeps records in a hash map, where two samples
 * that look alike would become one and hashing would walk the whole value.
 */
public final class TrackedRecord extends SourceRecord {
  private final TrackedDelivery delivery;
  private final int size;

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
        made.headers());
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

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
