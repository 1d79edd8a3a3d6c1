// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Observes how a worker converts one value. The worker asks a record for its schemas when it
 * converts it, and for its partition when it has converted it; a transformation asks it for a new
 * record.
 *
 * <p>Written by the task's thread; read by that of the producer once the record was sent.
 */
final class ValueProbe {
  private final ValueKind kind;
  private final Object value;
  private final TextTrace trace = new TextTrace();
  private boolean keyConverting;
  private boolean valueConverting;
  private boolean converted;
  private boolean transformed;

  /**
   * @param value not null
   */
  ValueProbe(ValueKind kind, Object value) {
    this.kind = kind;
    this.value = value instanceof byte[] bytes ? BytesText.distinct(bytes) : trace.trace(value);
  }

  ValueKind kind() {
    return kind;
  }

  /** The value for the worker, with the content of the record's own. */
  Object value() {
    return value;
  }

  /** The worker, or a transformation, asked for the schema of the key. */
  void askedForKeySchema() {
    keyConverting = true;
    valueConverting = false;
  }

  /** The worker, or a transformation, asked for the schema of the value. */
  void askedForValueSchema() {
    valueConverting = true;
  }

  /** The worker asked for the partition. */
  void askedForPartition() {
    converted = keyConverting && valueConverting;
  }

  /**
   * A transformation replaced the record.
   *
   * @param newValue of the new record
   */
  void replaced(Object newValue) {
    transformed |= newValue != value;
    keyConverting = false;
    valueConverting = false;
    converted = false;
  }

  /** Whether the text of Java was written instead of the value. */
  boolean isWrittenAsText(RecordMetadata metadata) {
    int written = metadata.serializedValueSize();
    return value instanceof byte[] bytes
        ? !transformed && written == BytesText.length(bytes)
        : trace.length() >= 0 && written == trace.length();
  }

  /**
   * Whether a converter refused the record as it was handed over.
   *
   * @param untouched whether there are no transformations, which ask for schemas too, though rarely
   *     for both
   */
  boolean isRefusedByConverter(boolean untouched) {
    return !converted && keyConverting && (untouched || valueConverting);
  }
}
