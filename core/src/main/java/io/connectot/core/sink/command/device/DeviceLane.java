// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.device;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.CommandResult;
import io.connectot.core.model.Device;
import io.connectot.core.sink.WriteResult;
import io.connectot.core.sink.command.outcome.CommandOutcomes;
import io.connectot.core.sink.command.read.Command;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands for one device, which are carried out one after the other in the order in which they
 * came. Occupies a thread only while there is something to do. Thread-safe.
 */
public final class DeviceLane {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceLane.class);

  private final Device<?> device;
  private final CommandExecution execution;
  private final CommandOutcomes outcomes;
  private final Executor threads;
  private final Clock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  /** Guarded by {@link #lock}, as all fields below. */
  private final Deque<Entry> queue = new ArrayDeque<>();

  /** The entry that is carried out right now, which is not in the queue; null if there is none. */
  private Entry current;

  /** Whether the device gets it, rather than Kafka its results. */
  private boolean attempting;

  /**
   * The last entry whose partition was revoked while it was carried out; null if there is none, or
   * if it ended without a result.
   */
  private Entry revoked;

  /** Number of commands that are over and whose results Kafka does not have yet. */
  private int unsettled;

  private boolean running;

  /** Whether no further command begins for now. */
  private boolean held;

  /** Number of {@link #wake} calls: one during an attempt is reason for another attempt. */
  private long wakes;

  private TopicPartition lastPartition;
  private boolean warned;
  private boolean closed;

  /**
   * A command of the lane.
   *
   * @param progress of the attempts to carry it out
   * @param result of its record
   */
  private record Entry(
      Command command, CommandProgress progress, CompletableFuture<WriteResult> result) {
    TopicPartition partition() {
      return new TopicPartition(command.origin().topic(), command.origin().partition());
    }

    boolean isOfTheSameRecord(Entry other) {
      return partition().equals(other.partition())
          && command.origin().offset() == other.command.origin().offset();
    }
  }

  /**
   * @param execution of this lane alone
   * @param threads run the commands
   */
  public DeviceLane(
      Device<?> device,
      CommandExecution execution,
      CommandOutcomes outcomes,
      Executor threads,
      Clock clock) {
    this.device = device;
    this.execution = execution;
    this.outcomes = outcomes;
    this.threads = threads;
    this.clock = clock;
  }

  /** Appends a command. */
  public void add(Command command, Consumer<WriteResult> settled) {
    Entry entry = new Entry(command, new CommandProgress(), new CompletableFuture<>());
    var unused = entry.result().thenAccept(settled);
    boolean warns;
    lock.lock();
    try {
      warns = !warned && lastPartition != null && !lastPartition.equals(entry.partition());
      warned |= warns;
      queue.addLast(entry);
      if (warns) {
        LOG.warn(
            "Device {} gets commands from {} and from {}; their order is that of their arrival."
                + " Use the name of the device as the key of commands, so that one partition has"
                + " all of them",
            device.name(),
            lastPartition,
            entry.partition());
      }
      lastPartition = entry.partition();
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** Something may have changed: the connection is up, or time has passed. */
  public void wake() {
    lock.lock();
    try {
      wakes++;
      if (running || closed || held || queue.isEmpty()) {
        return;
      }
      running = true;
    } finally {
      lock.unlock();
    }
    threads.execute(this::run);
  }

  private void run() {
    try {
      while (runNext()) {
        // The next command, if there is one.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopRunning();
    } catch (RuntimeException | Error e) {
      LOG.error("Unexpected failure in the commands of device {}", device.name(), e);
      stopRunning();
    }
  }

  /** Carries out the first command, and returns whether another attempt makes sense. */
  private boolean runNext() throws InterruptedException {
    long seen;
    Entry entry;
    lock.lock();
    try {
      if (closed || held || queue.isEmpty()) {
        running = false;
        idle.signalAll();
        return false;
      }
      entry = queue.removeFirst();
      if (revoked != null && revoked.isOfTheSameRecord(entry)) {
        // The task got the partition again: the command is over, and its result may be on its way.
        var unused = revoked.result().thenAccept(entry.result()::complete);
        revoked = null;
        return true;
      }
      current = entry;
      attempting = true;
      seen = wakes;
    } finally {
      lock.unlock();
    }
    List<CommandResult> results = List.of();
    try {
      results = execution.attempt(entry.command(), entry.progress());
      if (!results.isEmpty()) {
        complete(entry, results);
      }
    } finally {
      leave(entry, results.isEmpty());
    }
    return !results.isEmpty() || parkUnlessWoken(seen);
  }

  private void complete(Entry entry, List<CommandResult> results) {
    lock.lock();
    try {
      attempting = false;
      unsettled++;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
    outcomes.complete(entry.command(), device, results, result -> settle(entry, result));
  }

  /** Kafka has the results of a command. */
  private void settle(Entry entry, WriteResult result) {
    entry.result().complete(result);
    lock.lock();
    try {
      unsettled--;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // tells whether it is the same attempt at a record
  private void leave(Entry entry, boolean again) {
    lock.lock();
    try {
      // Nobody else sets it but revoke, which drops it.
      if (again && current != null) {
        queue.addFirst(entry);
      }
      if (again && revoked == entry) {
        revoked = null;
      }
      current = null;
      attempting = false;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean parkUnlessWoken(long seen) {
    lock.lock();
    try {
      if (wakes != seen && !closed && !held && !execution.pauses(clock.tick())) {
        return true;
      }
      running = false;
      idle.signalAll();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void stopRunning() {
    lock.lock();
    try {
      running = false;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops the commands of partitions, and waits for the one that is carried out.
   *
   * @param nanos at most so long
   */
  public void revoke(Collection<TopicPartition> partitions, long nanos)
      throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      queue.removeIf(entry -> partitions.contains(entry.partition()));
      if (current != null && partitions.contains(current.partition())) {
        current.progress().dropped = true;
      }
      while (current != null && partitions.contains(current.partition()) && left > 0) {
        left = idle.awaitNanos(left);
      }
      if (current != null && partitions.contains(current.partition())) {
        // It is not tried again; a result that it has is still published.
        revoked = current;
        current = null;
      }
      queue.removeIf(entry -> partitions.contains(entry.partition()));
    } finally {
      lock.unlock();
    }
  }

  /** Begins no further command until {@link #resume}. */
  public void hold() {
    lock.lock();
    try {
      held = true;
    } finally {
      lock.unlock();
    }
  }

  /** Begins commands again. */
  public void resume() {
    lock.lock();
    try {
      if (!held) {
        return;
      }
      held = false;
    } finally {
      lock.unlock();
    }
    wake();
  }

  /**
   * Waits until the device gets no command, or also Kafka no results.
   *
   * @param results whether to wait for the results too
   * @param nanos at most so long
   */
  public void awaitCurrent(boolean results, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while ((attempting || (results && unsettled > 0)) && left > 0) {
        left = idle.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins no other command. */
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no command is carried out.
   *
   * @param nanos at most so long
   */
  public void awaitIdle(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (running && left > 0) {
        left = idle.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Number of commands that are not over. */
  public int size() {
    lock.lock();
    try {
      return queue.size() + (current == null ? 0 : 1);
    } finally {
      lock.unlock();
    }
  }
}
