// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task repeatedly on its own thread, at least one period apart. */
final class Ticker {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ticker");
            thread.setDaemon(true);
            return thread;
          });
  private final Future<?> turns;

  Ticker(Duration period, Runnable turn) {
    turns = clock.scheduleWithFixedDelay(turn, 0, period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Stops the task and waits for its end; throws if a turn failed. */
  void stop() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a turn does not end");
      }
      if (!turns.isCancelled()) {
        turns.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a turn ends", e);
    }
  }
}
