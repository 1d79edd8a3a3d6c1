// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import io.connectot.core.connection.Threads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls on a thread that exists only while calls are due. Thread-safe. */
public final class ThreadAlarm implements TopicWatch.Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadAlarm.class);
  private static final long IDLE_MILLIS = 1000;

  private final ScheduledThreadPoolExecutor executor;

  /**
   * @param threadName the prefix of its thread's name
   */
  public ThreadAlarm(String threadName) {
    executor = new ScheduledThreadPoolExecutor(1, Threads.factory(threadName));
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public Runnable after(Duration time, Runnable call) {
    try {
      Future<?> due = executor.schedule(call, time.toNanos(), TimeUnit.NANOSECONDS);
      return () -> due.cancel(false);
    } catch (RejectedExecutionException e) {
      // The task has stopped.
      return () -> {};
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("A thread that watches topics does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
