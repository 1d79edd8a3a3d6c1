// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import io.connectot.core.mapping.DeviceMapper;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;

/**
 * A header with an instant. The records of a scan mostly have the same, and then share the header.
 * Owned by one {@link DeviceMapper}, for its thread.
 */
public final class TimeHeader {
  private final String name;
  private long lastNanos;
  private Header last;

  public TimeHeader(String name) {
    this.name = name;
  }

  /** The header of an instant, epoch nanoseconds. */
  public Header of(long nanos) {
    if (last == null || lastNanos != nanos) {
      lastNanos = nanos;
      last = RecordHeaders.header(name, Schema.INT64_SCHEMA, nanos);
    }
    return last;
  }
}
