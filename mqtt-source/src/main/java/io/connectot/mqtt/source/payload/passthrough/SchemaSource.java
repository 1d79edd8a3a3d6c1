// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

/** Source of the JSON schema: {@code mqtt.json.schema}. */
public enum SchemaSource {
  /** No schema: maps and lists. */
  NONE,
  /** Inferred from the documents of a Kafka topic. */
  INFERRED,
  /** Given by the configuration. */
  GIVEN
}
