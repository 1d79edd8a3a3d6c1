// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.mapping.record.PreparedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Keeps notes in a compacted topic. Each partition of commands has a transactional producer, whose
 * transactional id excludes the producer of the former owner. Thread-safe.
 *
 * <p>Kafka also excludes a producer whose transaction it ended itself, because Kafka was away for
 * longer than the transaction may take. So each claim notes an owner, and a producer that is
 * excluded is replaced if the owner is still the same. What became of the transaction is read from
 * the topic then.
 */
final class KafkaJournalStore implements JournalStore {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofMillis(500);

  /** How long a claim waits for Kafka; a worker may take five minutes for a rebalance. */
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private static final String OWNER = "owner";
  private static final String MARK = "mark";

  /** Begins the keys of notes, which no name of a device makes an owner or a mark. */
  private static final String NOTE = "note/";

  private final String connector;
  private final String topic;
  private final Function<TopicPartition, Producer<byte[], byte[]>> producers;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Function<PreparedRecord, ProducerRecord<byte[], byte[]>> converter;
  private final Map<TopicPartition, Claim> owned = new ConcurrentHashMap<>();

  /**
   * A partition that is owned. Its lock allows one transaction at a time. What threads want to
   * write while another thread has the lock is written in the next transaction, all of it together.
   */
  private static final class Claim {
    private final TopicPartition partition;
    private final String owner = UUID.randomUUID().toString();
    private final Queue<JournalEntry> waiting = new ConcurrentLinkedQueue<>();

    /** Written under the lock of the claim. */
    private volatile Producer<byte[], byte[]> producer;

    Claim(TopicPartition partition, Producer<byte[], byte[]> producer) {
      this.partition = partition;
      this.producer = producer;
    }
  }

  /**
   * @param topic of the notes
   * @param producers make the transactional producer of a partition of commands
   * @param consumers make consumers that read committed records only
   * @param converter of results
   */
  KafkaJournalStore(
      String connector,
      String topic,
      Function<TopicPartition, Producer<byte[], byte[]>> producers,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Function<PreparedRecord, ProducerRecord<byte[], byte[]>> converter) {
    this.connector = connector;
    this.topic = topic;
    this.producers = producers;
    this.consumers = consumers;
    this.converter = converter;
  }

  @Override
  public Map<TopicPartition, Map<String, String>> claim(Collection<TopicPartition> partitions) {
    List<Claim> claims = new ArrayList<>();
    Map<TopicPartition, Map<String, String>> notes = new HashMap<>();
    long deadline = System.nanoTime() + CLAIM.toNanos();
    try {
      // First, so that no former owner writes after this one has read, and none has a transaction
      // that hides the notes behind it.
      for (TopicPartition partition : partitions) {
        Claim claim = new Claim(partition, producers.apply(partition));
        claims.add(claim);
        JournalTransactions.init(claim.producer, () -> System.nanoTime() - deadline < 0);
      }
      for (Claim claim : claims) {
        Map<String, String> ofPartition = new HashMap<>();
        read(claim)
            .forEach(
                (key, note) -> {
                  if (key.startsWith(NOTE)) {
                    ofPartition.put(key.substring(NOTE.length()), note);
                  }
                });
        JournalTransactions.send(
            claim.producer, List.of(record(claim.partition, OWNER, claim.owner)));
        notes.put(claim.partition, ofPartition);
      }
      claims.forEach(claim -> owned.put(claim.partition, claim));
      return notes;
    } catch (KafkaException e) {
      claims.forEach(claim -> claim.producer.close(CLOSE));
      throw new ConnectException(
          "The journal "
              + topic
              + " of "
              + partitions
              + " cannot be claimed: "
              + e.getMessage()
              + "; check that the topic exists, and the rights of result.producer.* on it and on"
              + " transactional ids",
          e);
    }
  }

  private String prefix(TopicPartition partition) {
    return connector + "/" + partition.topic() + "/" + partition.partition() + "/";
  }

  private ProducerRecord<byte[], byte[]> record(
      TopicPartition partition, String key, String value) {
    return new ProducerRecord<>(topic, bytes(prefix(partition) + key), bytes(value));
  }

  /**
   * The last notes of a partition by key. Reads up to a mark that it writes, because a transaction
   * of another producer hides committed notes until it ends.
   */
  private Map<String, String> read(Claim claim) {
    String prefix = prefix(claim.partition);
    String mark = UUID.randomUUID().toString();
    Map<String, String> notes = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      JournalTransactions.send(
          claim.producer,
          partitions.stream()
              .map(
                  partition ->
                      new ProducerRecord<>(
                          topic, partition.partition(), bytes(prefix + MARK), bytes(mark)))
              .toList());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Set<Integer> marked = new HashSet<>();
      while (marked.size() < partitions.size()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record, prefix, notes);
          if (mark.equals(notes.remove(MARK))) {
            marked.add(record.partition());
          }
        }
      }
    }
    return notes;
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record, String prefix, Map<String, String> notes) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (key.startsWith(prefix)) {
      notes.put(key.substring(prefix.length()), new String(record.value(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void release(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Claim claim = owned.remove(partition);
      if (claim != null) {
        claim.producer.close(CLOSE);
      }
    }
  }

  @Override
  public void write(TopicPartition partition, String key, String note, List<PreparedRecord> records)
      throws NotWrittenException {
    Claim claim = owned.get(partition);
    if (claim == null) {
      throw notOwned(partition);
    }
    // Before the transaction: what cannot be converted now never can.
    List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();
    made.add(record(partition, NOTE + key, note));
    records.forEach(record -> made.add(converter.apply(record)));
    JournalEntry entry = new JournalEntry(NOTE + key, note, made);
    claim.waiting.add(entry);
    synchronized (claim) {
      if (!entry.isOver()) {
        writeWaiting(claim);
      }
    }
    entry.await();
  }

  /** Writes what waits. Called with the lock of the claim. */
  private void writeWaiting(Claim claim) {
    List<JournalEntry> entries = new ArrayList<>();
    for (JournalEntry entry = claim.waiting.poll(); entry != null; entry = claim.waiting.poll()) {
      entries.add(entry);
    }
    try {
      writeTogether(claim, entries);
    } finally {
      // Only an unexpected failure leaves one open.
      fail(
          entries,
          failed(claim.partition, new IllegalStateException("what Kafka has is not known")));
    }
  }

  private void writeTogether(Claim claim, List<JournalEntry> entries) {
    try {
      JournalTransactions.send(
          claim.producer, entries.stream().flatMap(entry -> entry.records().stream()).toList());
      entries.forEach(JournalEntry::succeed);
    } catch (KafkaException | IllegalStateException e) {
      if (entries.size() > 1
          && JournalTransactions.isPermanent(e)
          && JournalTransactions.abort(claim.producer)) {
        // It is one of them that Kafka never takes.
        entries.forEach(entry -> writeTogether(claim, List.of(entry)));
        return;
      }
      recover(claim, entries, e);
    }
  }

  /**
   * A transaction failed. Aborts it if the producer can, else waits until Kafka says who owns the
   * partition and whether it has the notes.
   */
  private void recover(Claim claim, List<JournalEntry> entries, RuntimeException cause) {
    NotWrittenException notWritten = new NotWrittenException(cause.getMessage(), cause);
    boolean aborted = JournalTransactions.abort(claim.producer);
    if (JournalTransactions.isPermanent(cause)) {
      fail(entries, failed(claim.partition, cause));
      return;
    } else if (aborted) {
      fail(entries, notWritten);
      return;
    } else if (!isOwned(claim)) {
      fail(entries, notOwned(claim.partition));
      return;
    }
    Map<String, String> notes;
    try {
      replaceProducer(claim);
      notes = read(claim);
    } catch (TimeoutException | InterruptException e) {
      fail(entries, isOwned(claim) ? notWritten : notOwned(claim.partition));
      return;
    } catch (KafkaException | IllegalStateException e) {
      fail(entries, failed(claim.partition, e));
      return;
    }
    if (!claim.owner.equals(notes.get(OWNER))) {
      fail(
          entries,
          new ConnectException(
              "The journal of " + claim.partition + " has another owner: " + cause.getMessage(),
              cause));
      return;
    }
    for (JournalEntry entry : entries) {
      if (entry.note().equals(notes.get(entry.key()))) {
        entry.succeed();
      } else {
        entry.fail(notWritten);
      }
    }
  }

  private static void fail(List<JournalEntry> entries, Exception cause) {
    entries.forEach(entry -> entry.fail(cause));
  }

  /** Excludes the former producer, and with it what it has not committed. Waits for Kafka. */
  private void replaceProducer(Claim claim) {
    claim.producer.close(Duration.ZERO);
    Producer<byte[], byte[]> replacement = producers.apply(claim.partition);
    claim.producer = replacement;
    if (!isOwned(claim)) {
      // It was given up meanwhile, with the former producer.
      replacement.close(Duration.ZERO);
    }
    JournalTransactions.init(replacement, () -> isOwned(claim));
  }

  @SuppressWarnings("ReferenceEquality") // tells whether it is the same assignment
  private boolean isOwned(Claim claim) {
    return owned.get(claim.partition) == claim;
  }

  private static ConnectException notOwned(TopicPartition partition) {
    return new ConnectException("The task does not own " + partition + " any more");
  }

  private static ConnectException failed(TopicPartition partition, Exception cause) {
    return new ConnectException(
        "The journal of " + partition + " failed: " + cause.getMessage() + "; restart the task",
        cause);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    release(List.copyOf(owned.keySet()));
  }
}
