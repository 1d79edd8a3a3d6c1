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
  /** Normalized records: one per JSON document, sample or bare value. */
  MEASUREMENT,
  /** Normalized records: one per member of a JSON document. */
  OBJECT,
  /** As {@link #OBJECT}, with a document per line. */
  NDJSON,
  /** As {@link #OBJECT}, with a row per line. */
  CSV,
  /** InfluxDB line protocol. */
  LINEPROTOCOL,
  /** SenML in JSON (RFC 8428). */
  SENML,
  /** OPC UA PubSub messages in JSON (OPC UA Part 14). */
  OPCUA_JSON,
  /** No records; the filter is not subscribed. */
  DROP;

  /** Whether payloads become normalized records. */
  public boolean measures() {
    return switch (this) {
      case BYTES, STRING, JSON, DROP -> false;
      default -> true;
    };
  }
}
