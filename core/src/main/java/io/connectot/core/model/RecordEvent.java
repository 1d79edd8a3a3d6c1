// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

/**
 * An event that already is a record, for payloads that a source passes through. Its one
 * implementation is {@code io.connectot.core.mapping.record.PreparedRecord}; the model knows no
 * Kafka.
 */
public non-sealed interface RecordEvent extends SourceEvent {}
