// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import io.connectot.core.source.OtSourceTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Runs a task as a worker does: start, poll and stop on one thread, {@code commitRecord} on
 * another. Keeps everything the task returned. Thread-safe.
 */
public final class RunningTask {
  private static final long LIMIT_SECONDS = 60;

  private final OtSourceTask task;
  private final Map<String, String> props;
  private final OffsetStore offsets;
  private final boolean commits;
  private final Predicate<String> statusDevices;
  private final Thread worker;
  private final ExecutorService producer = Executors.newSingleThreadExecutor();
  private final List<SourceRecord> records = new CopyOnWriteArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile Duration startTook;
  private volatile boolean stopping;
  private final AtomicInteger polls = new AtomicInteger();
  private volatile Duration longestPoll = Duration.ZERO;
  private volatile Throwable failure;

  /**
   * Starts a task.
   *
   * @param commits whether every record is committed at once; else only by {@link #commit}
   * @param statusDevices the devices whose statuses count
   */
  RunningTask(
      OtSourceTask task,
      Map<String, String> props,
      OffsetStore offsets,
      boolean commits,
      Predicate<String> statusDevices) {
    this.task = task;
    this.props = Map.copyOf(props);
    this.offsets = offsets;
    this.commits = commits;
    this.statusDevices = statusDevices;
    this.worker = new Thread(this::work, "worker-of-" + name());
    worker.start();
  }

  /** The connector's name, which its threads carry. */
  public String name() {
    return props.get("name");
  }

  /** How long {@code start()} took, once it has returned. */
  Duration startTook() throws InterruptedException {
    if (!started.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("start() does not return");
    }
    return startTook;
  }

  int polls() {
    return polls.get();
  }

  Duration longestPoll() {
    return longestPoll;
  }

  /** What the task threw, if it failed. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Everything polled so far, in order. */
  public List<SourceRecord> records() {
    return List.copyOf(records);
  }

  /** The measurements of a tag so far, in order. */
  public List<ContractSample> samples(String tag) {
    return ofSchema("io.connectot.Measurement")
        .map(ContractSample::of)
        .filter(sample -> sample.tag().equals(tag))
        .toList();
  }

  /** The last measurement of a tag. */
  public Optional<ContractSample> latest(String tag) {
    List<ContractSample> samples = samples(tag);
    return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(samples.size() - 1));
  }

  /** The statuses of the device so far, in order. */
  List<SourceRecord> statuses() {
    return ofSchema("io.connectot.DeviceStatus")
        .filter(status -> statusDevices.test(((Struct) status.value()).getString("device")))
        .toList();
  }

  /** The states of these statuses. */
  public List<String> states() {
    return statuses().stream().map(found -> ((Struct) found.value()).getString("state")).toList();
  }

  List<GapRecord> gaps() {
    return ofSchema("io.connectot.Gap").map(found -> GapRecord.of((Struct) found.value())).toList();
  }

  /** Kafka has a record. */
  public void commit(SourceRecord committed) {
    TopicPartition partition = new TopicPartition(committed.topic(), 0);
    commit(committed, new RecordMetadata(partition, 0, 0, 0, 0, 0));
  }

  /** A transformation dropped a record, or its failure was tolerated. */
  void commitDropped(SourceRecord dropped) {
    commit(dropped, null);
  }

  private void commit(SourceRecord committed, RecordMetadata metadata) {
    task.commitRecord(committed, metadata);
    offsets.store(committed.sourcePartition(), committed.sourceOffset());
  }

  /** Stops the task and waits until it has stopped and everything polled is committed. */
  public void stop() throws InterruptedException {
    stopping = true;
    worker.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    producer.shutdown();
    if (worker.isAlive() || !producer.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the task does not stop");
    }
  }

  /** Calls {@code stop()} on the calling thread, as a worker never should but might. */
  void stopAgain() {
    task.stop();
  }

  /** Whether any thread of the task lives. */
  public boolean hasThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("connect-ot-" + name()));
  }

  private Stream<SourceRecord> ofSchema(String schema) {
    return records.stream().filter(found -> found.valueSchema().name().equals(schema));
  }

  private void work() {
    try {
      task.initialize(offsets.context(props));
      long before = System.nanoTime();
      task.start(props);
      startTook = Duration.ofNanos(System.nanoTime() - before);
      started.countDown();
      while (!stopping) {
        poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      task.stop();
    }
  }

  private void poll() throws InterruptedException {
    long before = System.nanoTime();
    List<SourceRecord> batch = task.poll();
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    longestPoll = took.compareTo(longestPoll) > 0 ? took : longestPoll;
    polls.incrementAndGet();
    if (batch != null) {
      records.addAll(batch);
      if (commits) {
        producer.execute(() -> batch.forEach(this::commit));
      }
    }
  }
}
