// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import io.connectot.core.connection.Clock;
import io.connectot.core.sink.OtSinkTask.WaitLimits;
import io.connectot.core.sink.command.CommandSinkTask;
import io.connectot.core.spi.Protocol;
import io.connectot.core.testing.FakeSinkTaskContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Runs the task of a sink as a worker does, on one thread, with the records of one partition.
 * Thread-safe.
 */
public final class RunningSink {
  /** Where the records come from. */
  public static final TopicPartition PARTITION = new TopicPartition("commands", 0);

  private static final long LIMIT_SECONDS = 60;

  private final CommandSinkTask task;
  private final Map<String, String> props;
  private final BlockingQueue<SinkRecord> inbox = new LinkedBlockingQueue<>();
  private final Thread worker;
  private long nextOffset;
  private volatile long consumed;
  private volatile long committed;
  private volatile boolean stopping;

  /** All records, which Kafka keeps. Guarded by this. */
  private final List<SinkRecord> sent = new ArrayList<>();

  /** Completed by a rebalance; null when none is wanted. Guarded by this. */
  private CompletableFuture<Void> rebalance;

  private volatile Throwable failure;

  /**
   * Starts a task.
   *
   * @param results takes the results of commands
   * @param offset of the first record
   */
  RunningSink(Protocol protocol, Map<String, String> props, PublishedResults results, long offset) {
    this.task =
        new CommandSinkTask(
            new WaitLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100)),
            Clock.SYSTEM,
            new TestPublishers(results)) {
          @Override
          protected Protocol deviceProtocol() {
            return protocol;
          }
        };
    this.props = Map.copyOf(props);
    this.nextOffset = offset;
    this.consumed = offset;
    this.committed = offset;
    this.worker = new Thread(this::work, "worker-of-" + name());
    worker.start();
  }

  /** The connector's name, which its threads carry. */
  String name() {
    return props.get("name");
  }

  /** Sends a command in JSON, and returns its offset. */
  public long send(String json) {
    return sendAt(json, System.currentTimeMillis());
  }

  /** Sends a command with a timestamp, and returns its offset. */
  public synchronized long sendAt(Object value, long timestamp) {
    long offset = nextOffset++;
    SinkRecord record =
        new SinkRecord(
            PARTITION.topic(),
            PARTITION.partition(),
            null,
            null,
            null,
            value,
            offset,
            timestamp,
            TimestampType.CREATE_TIME);
    sent.add(record);
    inbox.add(record);
    return offset;
  }

  /** Sends a command for one tag, and returns its offset. */
  public long send(String tag, Object value) {
    return send("{\"device\": \"press\", \"tag\": \"" + tag + "\", \"value\": " + value + "}");
  }

  /** Goes on at an offset, before anything is sent. */
  synchronized void startAt(long offset) {
    nextOffset = offset;
  }

  /** The offset that is committed: all commands before it are over. */
  public long committed() {
    return committed;
  }

  /** What the task threw, if it failed. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether any thread of the task lives. */
  boolean hasThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("connect-ot-" + name()));
  }

  /** The offset behind the last record that the task has. */
  long consumed() {
    return consumed;
  }

  /** Takes the partition from the task and gives it back, from the offset that is committed. */
  void rebalance() throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      rebalance = done;
    }
    done.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void rebalanceIfWanted() {
    if (rebalance == null) {
      return;
    }
    commit();
    task.close(List.of(PARTITION));
    inbox.clear();
    sent.stream().filter(record -> record.kafkaOffset() >= committed).forEach(inbox::add);
    consumed = committed;
    task.open(List.of(PARTITION));
    rebalance.complete(null);
    rebalance = null;
  }

  /** Stops the task and waits until it has stopped. */
  public void stop() throws InterruptedException {
    stopping = true;
    worker.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    if (worker.isAlive()) {
      throw new AssertionError("the task does not stop");
    }
  }

  private void work() {
    try {
      FakeSinkTaskContext context = new FakeSinkTaskContext(false);
      context.assign(PARTITION);
      task.initialize(context);
      task.start(props);
      task.open(List.of(PARTITION));
      while (!stopping) {
        rebalanceIfWanted();
        List<SinkRecord> batch = new ArrayList<>();
        SinkRecord first = inbox.poll(20, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          inbox.drainTo(batch, 100);
        }
        task.put(batch);
        if (first != null) {
          consumed = batch.get(batch.size() - 1).kafkaOffset() + 1;
        }
        commit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      if (failure == null) {
        commit();
      }
      task.close(List.of(PARTITION));
      task.stop();
    }
  }

  private void commit() {
    committed =
        task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(consumed))).get(PARTITION).offset();
  }
}
