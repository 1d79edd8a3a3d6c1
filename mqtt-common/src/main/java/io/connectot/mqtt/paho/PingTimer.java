// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs Paho's keep-alive check on the connection's timer, so that no timer outlives the connection.
 * Thread-safe.
 */
final class PingTimer {
  private final PahoThreads threads;
  private Future<?> next; // guarded by this; null before the first
  private boolean stopped; // guarded by this

  PingTimer(PahoThreads threads) {
    this.threads = threads;
  }

  /** Schedules the next check, replacing a pending one. */
  synchronized void schedule(Runnable check, long delayMillis) {
    if (stopped) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    try {
      next = threads.schedule(check, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      stopped = true;
    }
  }

  synchronized void stop() {
    stopped = true;
    if (next != null) {
      next.cancel(false);
    }
  }
}
