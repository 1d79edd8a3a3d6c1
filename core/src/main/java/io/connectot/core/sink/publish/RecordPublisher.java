// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.mapping.record.PreparedRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Writes records to Kafka beside the worker. Thread-safe. */
public interface RecordPublisher extends AutoCloseable {

  /**
   * Sends records in their order. Does not block, does not throw, and retries what time heals.
   *
   * @return is complete when Kafka has all of them, and never fails
   */
  CompletionStage<Void> send(List<PreparedRecord> records);

  /** Why no record will be sent any more, with the remedy; empty while records are sent. */
  Optional<Throwable> failure();

  /** Stops; what Kafka does not have yet may be lost. Waits a second at most. Idempotent. */
  @Override
  void close();
}
