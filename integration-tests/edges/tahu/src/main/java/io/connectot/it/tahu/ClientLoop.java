// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.tahu;

import java.lang.reflect.Field;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.tahu.edge.EdgeClient;

/**
 * Runs the loop of Tahu's client only while the client is not connected. The loop of a connected
 * client takes and releases the client's lock without a pause: the threads that publish or have
 * received a STATE then wait for the lock for seconds, and on a busy machine for minutes.
 */
final class ClientLoop {
  private static final int CHECK_MILLIS = 50;

  private final EdgeClient client;
  private final Object clientLock;
  private final Field stayRunning;
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "client-loop");
            thread.setDaemon(true);
            return thread;
          });

  /** Runs the loop; null before the first time. Owned by the thread of the checks. */
  private Thread running;

  private boolean looping = true; // guarded by this

  ClientLoop(EdgeClient client) throws ReflectiveOperationException {
    this.client = client;
    Field lock = EdgeClient.class.getDeclaredField("clientLock");
    lock.setAccessible(true);
    this.clientLock = lock.get(client);
    this.stayRunning = EdgeClient.class.getDeclaredField("stayRunning");
    stayRunning.setAccessible(true);
  }

  void start() {
    Future<?> unused =
        checks.scheduleWithFixedDelay(this::check, 0, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stop() {
    checks.shutdownNow();
  }

  /**
   * Waits until the client is connected and its loop has ended. The client disconnects when it is
   * told that its host is online while its loop is about to end.
   */
  synchronized void awaitConnected() throws InterruptedException {
    while (looping) {
      wait();
    }
  }

  private synchronized void setLooping(boolean now) {
    looping = now;
    notifyAll();
  }

  private void check() {
    try {
      if (running == null || !running.isAlive()) {
        if (!client.isConnected()) {
          setLooping(true);
          running = new Thread(client, "edge-node");
          running.setDaemon(true);
          running.start();
        }
      } else {
        endIfConnected();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The loop holds the lock from before it connects until it has subscribed. */
  private void endIfConnected() throws IllegalAccessException, InterruptedException {
    synchronized (clientLock) {
      if (!client.isConnected()) {
        return;
      }
      stayRunning.setBoolean(client, false);
    }
    running.join();
    stayRunning.setBoolean(client, true);
    setLooping(false);
  }
}
