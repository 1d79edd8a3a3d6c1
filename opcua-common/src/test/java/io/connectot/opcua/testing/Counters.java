// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;

/**
 * Int64 variables whose values are 1, 2, 3 … with rising source times: what is missing at the other
 * end is plain to see. They go on counting while the server is down, as a machine does, and keep
 * their counts over restarts. Thread-safe.
 */
public final class Counters implements AutoCloseable {
  /** How many counters share a folder. */
  public static final int BLOCK = 1_000;

  private final Object lock = new Object();
  private long[] counts = new long[0]; // guarded by lock
  private long lastTicks; // guarded by lock
  private PlantNamespace namespace; // guarded by lock; null while the server is down
  private Historian historian; // guarded by lock
  private List<UaVariableNode> variables = List.of(); // guarded by lock
  private int next; // guarded by lock
  private ScheduledExecutorService clock; // guarded by lock; null while nothing counts
  private Future<?> turns; // guarded by lock; null while nothing counts

  Counters() {}

  /** {@code Counters.B000.C00042}: a node's string identifier, and the way to it below Objects. */
  public static String id(int index) {
    return String.format("Counters.B%03d.C%05d", index / BLOCK, index);
  }

  void attach(PlantNamespace plant, Historian stored, int count) {
    synchronized (lock) {
      List<UaVariableNode> made = new ArrayList<>(count);
      plant.nodes().folder("Counters");
      counts = Arrays.copyOf(counts, count);
      DateTime now = DateTime.now();
      for (int i = 0; i < count; i++) {
        if (i % BLOCK == 0) {
          plant.nodes().folder(id(i).substring(0, id(i).lastIndexOf('.')));
        }
        UaVariableNode variable = plant.nodes().variable(id(i), NodeIds.Int64, counts[i]);
        variable.setValue(PlantModel.good(counts[i], now));
        made.add(variable);
      }
      variables = made;
      namespace = plant;
      historian = stored;
    }
  }

  void detach() {
    synchronized (lock) {
      namespace = null;
    }
  }

  /** How many there are. */
  public int size() {
    synchronized (lock) {
      return counts.length;
    }
  }

  /** Where a counter stands. */
  public long count(int index) {
    synchronized (lock) {
      return counts[index];
    }
  }

  /** The sum of all counts: how many values there have been. */
  public long total() {
    synchronized (lock) {
      return Arrays.stream(counts).sum();
    }
  }

  /** Counts one on. */
  public void advance(int index) {
    synchronized (lock) {
      // Later than any before it: a source time is never twice, however coarse the clock is.
      lastTicks = Math.max(lastTicks + 1, DateTime.now().getUtcTime());
      long count = ++counts[index];
      if (namespace != null) {
        DateTime time = new DateTime(lastTicks);
        namespace.change(variables.get(index), id(index), old -> PlantModel.good(count, time));
      } else if (historian != null) {
        historian.store(id(index), PlantModel.good(count, new DateTime(lastTicks)));
      }
    }
  }

  /** Counts all of them one on. */
  public void advanceAll() {
    int count = size();
    for (int i = 0; i < count; i++) {
      advance(i);
    }
  }

  /**
   * Counts from now on, every {@code period} as many counters as said, in turns.
   *
   * @param changes how many, at least 1; with all of them, each counts once a period
   */
  public void run(Duration period, int changes) {
    stop();
    synchronized (lock) {
      ScheduledThreadPoolExecutor executor =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, "plant-counters");
                thread.setDaemon(true);
                return thread;
              });
      clock = executor;
      turns =
          executor.scheduleAtFixedRate(
              () -> turn(changes), 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void turn(int changes) {
    for (int i = 0; i < changes && !Thread.currentThread().isInterrupted(); i++) {
      int index;
      synchronized (lock) {
        index = next;
        next = (next + 1) % counts.length;
      }
      advance(index);
    }
  }

  /** Stops counting; when it returns, no counter changes any more. */
  public void stop() {
    ScheduledExecutorService stopping;
    synchronized (lock) {
      if (turns != null) {
        turns.cancel(false);
      }
      turns = null;
      stopping = clock;
      clock = null;
    }
    if (stopping != null) {
      stopping.shutdownNow();
      try {
        stopping.awaitTermination(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
