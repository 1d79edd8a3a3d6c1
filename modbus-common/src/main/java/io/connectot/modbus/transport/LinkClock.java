// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time as links see it, so that tests need not wait. Thread-safe. */
interface LinkClock {
  /** The machine's clock. */
  LinkClock SYSTEM =
      new LinkClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public boolean sleep(Duration duration, CountDownLatch wake) throws InterruptedException {
          return wake.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
      };

  /** As {@link System#nanoTime}. */
  long nanoTime();

  /**
   * Waits.
   *
   * @param wake ends the wait when it opens
   * @return whether {@code wake} ended the wait
   */
  boolean sleep(Duration duration, CountDownLatch wake) throws InterruptedException;
}
