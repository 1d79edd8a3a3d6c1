// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka with a journal of one partition, for one thread at a time. */
final class JournalTopic {
  private static final TopicPartition JOURNAL = new TopicPartition("journal", 0);

  /** What was committed, as topic, key and value, without marks and owners. */
  final List<String> committed = new ArrayList<>();

  /** Producers in the order in which they were made. */
  final List<TransactionalProducer> producers = new ArrayList<>();

  /** What happened, in order. */
  final List<String> calls = new ArrayList<>();

  private final List<ProducerRecord<byte[], byte[]>> journal = new ArrayList<>();

  /** How often the next producers find no Kafka when they begin. */
  int timeouts;

  /** Writes a note, as a former owner. */
  void note(String key, String value) {
    journal.add(new ProducerRecord<>("journal", 0, bytes(key), bytes(value)));
  }

  /** A producer that can be told to fail. */
  final class TransactionalProducer extends MockProducer<byte[], byte[]> {
    private final List<ProducerRecord<byte[], byte[]>> transaction = new ArrayList<>();

    /** Thrown instead of a commit; null for none. */
    RuntimeException failure;

    /** Runs before each commit. */
    Runnable beforeCommit = () -> {};

    /** The value of a record that is too large; null for none. */
    String tooLarge;

    /** Thrown after a commit; null for none. */
    RuntimeException lateFailure;

    TransactionalProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void initTransactions() {
      if (timeouts > 0) {
        timeouts--;
        throw new TimeoutException("away");
      }
      calls.add("init");
      super.initTransactions();
    }

    @Override
    public synchronized java.util.concurrent.Future<
            org.apache.kafka.clients.producer.RecordMetadata>
        send(ProducerRecord<byte[], byte[]> record) {
      if (text(record.value()).equals(tooLarge)) {
        throw new RecordTooLargeException("too large");
      }
      transaction.add(record);
      return super.send(record);
    }

    @Override
    public void abortTransaction() {
      transaction.clear();
      super.abortTransaction();
    }

    @Override
    public void commitTransaction() {
      beforeCommit.run();
      if (failure != null) {
        throw failure;
      }
      super.commitTransaction();
      for (ProducerRecord<byte[], byte[]> record : transaction) {
        String key = text(record.key());
        if (record.topic().equals("journal")) {
          journal.add(record);
        }
        if (!record.topic().equals("journal") || key.contains("/note/")) {
          committed.add(record.topic() + " " + key + " " + text(record.value()));
        }
      }
      transaction.clear();
      if (lateFailure != null) {
        throw lateFailure;
      }
    }
  }

  TransactionalProducer producer() {
    TransactionalProducer producer = new TransactionalProducer();
    producers.add(producer);
    return producer;
  }

  /** The producer that was made last. */
  TransactionalProducer last() {
    return producers.get(producers.size() - 1);
  }

  MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Node node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        "journal",
        List.of(new PartitionInfo("journal", 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(JOURNAL, 0L));
    consumer.schedulePollTask(
        () -> {
          calls.add("read");
          for (int offset = 0; offset < journal.size(); offset++) {
            ProducerRecord<byte[], byte[]> record = journal.get(offset);
            consumer.addRecord(
                new ConsumerRecord<>("journal", 0, offset, record.key(), record.value()));
          }
        });
    return consumer;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
