// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.util.Map;

/**
 * The position of a value in a source that can resume after a restart. Becomes the record's source
 * partition and offset, which the worker stores once Kafka has the record. Immutable.
 */
public interface SourcePosition {
  /**
   * What the position is of; the same instance for all values of it, if possible. A worker finds an
   * offset by the bytes of its partition: several entries need an order that is the same in every
   * JVM, which that of {@link Map#of()} and its like is not.
   */
  Map<String, ?> partition();

  /** The position itself, of the types that Connect's converters take. */
  Map<String, ?> offset();
}
