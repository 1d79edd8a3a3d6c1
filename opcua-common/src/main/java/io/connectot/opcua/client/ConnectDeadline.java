// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import java.time.Duration;

/** The time by which a connection attempt must end. */
record ConnectDeadline(long nanoTime) {
  static ConnectDeadline in(Duration duration) {
    return new ConnectDeadline(System.nanoTime() + duration.toNanos());
  }

  /** The remaining time, at least zero. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  boolean passed() {
    return left().isZero();
  }
}
