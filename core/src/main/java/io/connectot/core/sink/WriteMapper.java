// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Makes writes of records. Used by the task's thread.
 *
 * @param <W> what is written for a record
 */
public interface WriteMapper<W> {

  /**
   * The write for a record; empty if the configuration says to skip it.
   *
   * @throws UnwritableRecordException if there is none
   */
  Optional<W> map(SinkRecord record);

  /** Estimated heap of a write and of the record value it was made of, in bytes. */
  long bytes(W write);
}
