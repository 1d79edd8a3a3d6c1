// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import java.time.Duration;

/** A point in time that must not be passed. */
record ConnectDeadline(long nanoTime) {
  static ConnectDeadline in(Duration duration) {
    return new ConnectDeadline(System.nanoTime() + duration.toNanos());
  }

  /** What is left, zero at least. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  boolean passed() {
    return left().isZero();
  }
}
