// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Calls of a transactional producer that go on for as long as Kafka only does not answer. */
final class JournalTransactions {
  private JournalTransactions() {}

  /**
   * Excludes the former producer with the same transactional id. Waits for Kafka.
   *
   * @param goesOn whether to wait longer
   */
  static void init(Producer<byte[], byte[]> producer, BooleanSupplier goesOn) {
    while (true) {
      try {
        producer.initTransactions();
        return;
      } catch (TimeoutException e) {
        if (Thread.currentThread().isInterrupted() || !goesOn.getAsBoolean()) {
          throw e;
        }
      }
    }
  }

  /**
   * Sends records in one transaction.
   *
   * @throws KafkaException when Kafka does not take them, or whether it has them is not known
   * @throws IllegalStateException when the producer cannot begin a transaction any more
   */
  static void send(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    producer.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : records) {
      // A failure fails the commit.
      var unused = producer.send(record);
    }
    commit(producer);
  }

  /** A commit that timed out may be under way: only the same call finds out. */
  private static void commit(Producer<byte[], byte[]> producer) {
    while (true) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  /** Aborts the transaction; false if the producer cannot, and what Kafka has is not known. */
  static boolean abort(Producer<byte[], byte[]> producer) {
    try {
      producer.abortTransaction();
      return true;
    } catch (KafkaException | IllegalStateException e) {
      return false;
    }
  }

  /** Whether Kafka will never take the records. */
  static boolean isPermanent(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof RecordTooLargeException
          || each instanceof InvalidTopicException
          || each instanceof AuthorizationException) {
        return true;
      }
    }
    return false;
  }
}
