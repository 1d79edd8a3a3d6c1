// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

/** Payload format: {@code mqtt.format}. */
public enum Format {
  /** The unchanged bytes. */
  BYTES,
  /** UTF-8 text. */
  STRING,
  /** JSON as maps and lists, or with a schema. */
  JSON,
  /** Normalized records of JSON or bare values. */
  MEASUREMENT
}
