// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.sink.publish.JournalStore.NotWrittenException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * A note of the journal and the records that are written with it. Thread-safe.
 *
 * @param key of the note
 * @param records with the record of the note
 * @param written is complete when it is known whether Kafka has them, with an exception if it has
 *     not
 */
record JournalEntry(
    String key,
    String note,
    List<ProducerRecord<byte[], byte[]>> records,
    CompletableFuture<Void> written) {

  JournalEntry(String key, String note, List<ProducerRecord<byte[], byte[]>> records) {
    this(key, note, records, new CompletableFuture<>());
  }

  boolean isOver() {
    return written.isDone();
  }

  void succeed() {
    written.complete(null);
  }

  /** Has no effect if it is over. */
  void fail(Exception cause) {
    written.completeExceptionally(cause);
  }

  /** Returns if Kafka has it, else throws as {@link JournalStore#write} does. */
  void await() throws NotWrittenException {
    try {
      written.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof NotWrittenException cause) {
        throw new NotWrittenException(cause.getMessage(), cause);
      }
      throw new ConnectException(e.getCause().getMessage(), e.getCause());
    }
  }
}
