// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

/** Takes records as they are made, in order. Called on the thread that maps. */
@FunctionalInterface
public interface RecordSink {

  /** Takes one record. */
  void accept(PreparedRecord made);
}
