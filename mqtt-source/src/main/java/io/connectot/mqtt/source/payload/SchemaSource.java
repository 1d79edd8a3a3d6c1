// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

/** Where the schema of JSON comes from: {@code mqtt.json.schema}. */
enum SchemaSource {
  /** Nowhere: maps and lists. */
  NONE,
  /** From the documents of a Kafka topic so far. */
  INFERRED,
  /** From the configuration. */
  GIVEN
}
