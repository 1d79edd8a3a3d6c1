// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.mqtt.config.BrokerAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes the first connection to the first broker take its timestamp before the others take theirs,
 * so that no STATE of the host is older than that of the first broker. Thread-safe.
 */
final class FirstConnect {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final BrokerAddress first;
  private final CountDownLatch begun = new CountDownLatch(1);

  FirstConnect(BrokerAddress first) {
    this.first = first;
  }

  /** A connection to a broker is about to take its timestamp; may wait for the first. */
  void begins(BrokerAddress broker) {
    if (broker.equals(first)) {
      begun.countDown();
      return;
    }
    try {
      boolean unused = begun.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
