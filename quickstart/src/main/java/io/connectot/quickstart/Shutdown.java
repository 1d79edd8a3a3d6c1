// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of the quickstart on Ctrl-C: says what it waits for, and stops waiting after a time, as
 * nothing is kept. Thread-safe.
 */
final class Shutdown {
  private final PrintStream out;
  private final Duration limit;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile String awaited = "what is starting";

  /**
   * @param limit how long {@link #request} waits
   */
  Shutdown(PrintStream out, Duration limit) {
    this.out = out;
    this.limit = limit;
  }

  /** Whether the user wants to stop. */
  boolean isRequested() {
    return requested;
  }

  /** Something is being stopped from now on. */
  void stopping(String what) {
    awaited = what;
    if (requested) {
      out.println("  " + what + " …");
    }
  }

  /** Everything has stopped. */
  void ended() {
    ended.countDown();
  }

  /** Makes everything stop, and returns when it has, or the time is over. */
  void request() {
    if (ended.getCount() == 0) {
      return;
    }
    requested = true;
    out.println();
    out.println("Stopping, which takes " + limit.toSeconds() + " s at most:");
    try {
      if (ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        out.println("Stopped.");
      } else {
        out.println("Gave up waiting for: " + awaited + ". The process ends anyway.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
