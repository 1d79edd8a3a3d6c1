// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

/** How payloads are read: {@code mqtt.format}. */
public enum Format {
  /** The payload as it is. */
  BYTES,
  /** UTF-8. */
  STRING,
  /** JSON as Connect's maps and lists. */
  JSON,
  /** JSON, or a bare value, as normalized records. */
  MEASUREMENT
}
