// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.plant;

import io.connectot.console.record.RecordParser;
import io.connectot.core.connection.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of the connectors into a {@link PlantView} while there are requests: the first
 * one starts a consumer, and a minute without requests ends it. While only states of devices are
 * asked for, it reads only their topics. The consumer joins no group and commits nothing.
 * Thread-safe.
 */
public final class PlantReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PlantReader.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LOOK_BACK = Duration.ofMinutes(10);
  private static final long MOST_RECORDS_BACK = 100_000;
  private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long TOPICS_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long RETRY_MILLIS = 2_000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Supplier<List<Pattern>> topics;
  private final Supplier<List<Pattern>> statusTopics;
  private final PlantView view;
  private final Clock clock;
  private final RecordParser parser = new RecordParser();
  private volatile long lastLook;

  /** The time of the last request for values. */
  private volatile long lastLookAtValues;

  private volatile String problem;
  private Thread thread; // guarded by this
  private boolean closed; // guarded by this

  /**
   * A reader that reads nothing yet.
   *
   * @param consumers makes consumers of the worker's Kafka cluster
   * @param topics which topics to read, asked every few seconds
   * @param statusTopics those of them that have the states of devices
   */
  public PlantReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Supplier<List<Pattern>> topics,
      Supplier<List<Pattern>> statusTopics,
      PlantView view,
      Clock clock) {
    this.consumers = consumers;
    this.topics = topics;
    this.statusTopics = statusTopics;
    this.lastLookAtValues = clock.tick() - IDLE_NANOS - 1;
    this.view = view;
    this.clock = clock;
  }

  /** Reports a request for values. Returns at once. */
  public void look() {
    lastLookAtValues = clock.tick();
    lookAtStates();
  }

  /**
   * Reports a request for the states of devices, most often of a monitoring system that never
   * stops. Returns at once.
   */
  public synchronized void lookAtStates() {
    lastLook = clock.tick();
    if (thread == null && !closed) {
      thread = new Thread(this::run, "ot-console-reader");
      thread.setDaemon(true);
      // Connectors load their classes from the plugin; this thread outlives the request.
      thread.setContextClassLoader(PlantReader.class.getClassLoader());
      thread.start();
    }
  }

  /** Why nothing can be read at the moment; null when all is well. */
  public String problem() {
    return problem;
  }

  private void run() {
    while (goesOn()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        read(consumer);
        problem = null;
      } catch (InterruptException e) {
        Thread.currentThread().interrupt();
      } catch (KafkaException e) {
        failed("Kafka does not answer the console: " + e.getMessage(), e);
      } catch (RuntimeException e) {
        failed("The console failed and tries again: " + e, e);
      }
    }
  }

  private void failed(String text, RuntimeException cause) {
    problem = text;
    log.warn("The console cannot read from Kafka and tries again", cause);
    pause();
  }

  /** Ends the thread if there were no requests for a while. Atomic with {@link #look}. */
  private synchronized boolean goesOn() {
    if (closed || clock.tick() - lastLook > IDLE_NANOS) {
      // Before another thread begins to fill it.
      view.clear();
      thread = null;
      return false;
    }
    return true;
  }

  private boolean isWanted() {
    return !Thread.currentThread().isInterrupted() && clock.tick() - lastLook <= IDLE_NANOS;
  }

  private boolean areValuesWanted() {
    return clock.tick() - lastLookAtValues <= IDLE_NANOS;
  }

  private void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Consumer<byte[], byte[]> consumer) {
    Set<TopicPartition> assigned = new TreeSet<>(PlantReader::compare);
    long nextTopics = clock.tick();
    boolean values = false;
    while (isWanted()) {
      if (values != areValuesWanted() || clock.tick() - nextTopics >= 0) {
        if (values && !areValuesWanted()) {
          view.clearValues();
        }
        values = areValuesWanted();
        assign(consumer, assigned, values ? topics.get() : statusTopics.get());
        nextTopics = clock.tick() + TOPICS_NANOS;
      }
      if (assigned.isEmpty()) {
        pause();
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        parser.parse(record).forEach(view::accept);
      }
      problem = null;
    }
  }

  private static int compare(TopicPartition a, TopicPartition b) {
    int byTopic = a.topic().compareTo(b.topic());
    return byTopic != 0 ? byTopic : Integer.compare(a.partition(), b.partition());
  }

  /**
   * Adds the partitions of new topics and starts them some minutes back, and leaves out those that
   * are not wanted any more.
   */
  private void assign(
      Consumer<byte[], byte[]> consumer, Set<TopicPartition> assigned, List<Pattern> patterns) {
    if (assigned.removeIf(partition -> !matches(patterns, partition.topic()))) {
      consumer.assign(assigned);
    }
    List<TopicPartition> added = new ArrayList<>();
    for (Map.Entry<String, List<PartitionInfo>> topic : consumer.listTopics().entrySet()) {
      if (matches(patterns, topic.getKey())) {
        for (PartitionInfo partition : topic.getValue()) {
          TopicPartition found = new TopicPartition(topic.getKey(), partition.partition());
          if (assigned.add(found)) {
            added.add(found);
          }
        }
      }
    }
    if (added.isEmpty()) {
      return;
    }
    consumer.assign(assigned);
    Map<TopicPartition, Long> ends = consumer.endOffsets(added);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(added);
    Map<TopicPartition, Long> times = new HashMap<>();
    long from = clock.wall().instant().minus(LOOK_BACK).toEpochMilli();
    added.forEach(partition -> times.put(partition, from));
    Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
    for (TopicPartition partition : added) {
      OffsetAndTimestamp start = starts.get(partition);
      long end = ends.get(partition);
      // Little, as in topics of statuses, is read whole.
      long back = Math.max(beginnings.get(partition), end - MOST_RECORDS_BACK);
      boolean small = end - beginnings.get(partition) <= MOST_RECORDS_BACK / 10;
      consumer.seek(partition, small || start == null ? back : Math.max(start.offset(), back));
    }
  }

  private static boolean matches(List<Pattern> patterns, String topic) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(topic).matches());
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running != null) {
      running.interrupt();
    }
  }
}
