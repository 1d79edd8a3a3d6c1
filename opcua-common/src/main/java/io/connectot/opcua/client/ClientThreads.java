// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that Milo uses, shared by all sessions of this class loader. They start with the
 * first session and end with the last, unlike Milo's own. Thread-safe.
 */
// The ends of threads are not awaited.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientThreads {
  private static final Logger LOG = LoggerFactory.getLogger(ClientThreads.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int MAX_EVENT_LOOPS = 4;

  /** Guarded by the class. */
  private static ClientThreads current;

  private static int users;

  private final ExecutorService executor;
  private final ScheduledExecutorService scheduler;
  private final EventLoopGroup eventLoop;
  private final HashedWheelTimer timer;

  private ClientThreads() {
    // Tasks after the shutdown are dropped, not rejected: nothing waits for them.
    executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            factory("work"),
            new ThreadPoolExecutor.DiscardPolicy());
    ScheduledThreadPoolExecutor scheduled =
        new ScheduledThreadPoolExecutor(
            1, factory("schedule"), new ThreadPoolExecutor.DiscardPolicy());
    scheduled.setRemoveOnCancelPolicy(true);
    scheduler = scheduled;
    int loops = Math.min(MAX_EVENT_LOOPS, Runtime.getRuntime().availableProcessors());
    eventLoop = new NioEventLoopGroup(loops, factory("network"));
    timer = new HashedWheelTimer(factory("timer"));
  }

  /** The threads, for one more session, which has to {@link Lease#close} them. */
  static Lease lease() {
    synchronized (ClientThreads.class) {
      if (current == null) {
        current = new ClientThreads();
      }
      users++;
      return new Lease(current);
    }
  }

  private static void release() {
    ClientThreads last = null;
    synchronized (ClientThreads.class) {
      users--;
      if (users == 0) {
        last = current;
        current = null;
      }
    }
    if (last != null) {
      last.end();
    }
  }

  private void end() {
    scheduler.shutdownNow();
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    // Not on this thread, which may be the timer's own: that one cannot stop itself.
    executor.execute(timer::stop);
    executor.shutdown();
  }

  private static ThreadFactory factory(String purpose) {
    return task -> {
      // Netty keeps its buffers and decoders with threads of this kind.
      Thread thread =
          new FastThreadLocalThread(
              task, "connect-ot-opcua-" + purpose + "-" + NUMBER.getAndIncrement());
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler(
          (failed, e) -> LOG.error("Unexpected failure on {}", failed.getName(), e));
      return thread;
    };
  }

  /** One session's lease of the threads. */
  static final class Lease implements AutoCloseable {
    private final ClientThreads threads;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(ClientThreads threads) {
      this.threads = threads;
    }

    ExecutorService executor() {
      return threads.executor;
    }

    ScheduledExecutorService scheduler() {
      return threads.scheduler;
    }

    EventLoopGroup eventLoop() {
      return threads.eventLoop;
    }

    HashedWheelTimer timer() {
      return threads.timer;
    }

    /** Returns the threads. Idempotent. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        release();
      }
    }
  }
}
