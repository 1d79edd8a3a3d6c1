// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import java.time.Duration;

/** Keeps the pauses that a device or line needs. For the owner's thread. */
final class Pacer {
  private final Duration afterConnect;
  private final Duration betweenRequests;
  private final LinkClock clock;
  private long lastExchange;
  private boolean exchanged;

  Pacer(Duration afterConnect, Duration betweenRequests, LinkClock clock) {
    this.afterConnect = afterConnect;
    this.betweenRequests = betweenRequests;
    this.clock = clock;
  }

  /** Waits until the device that just accepted is ready. */
  void connected(CloseGuard.Call call) throws LinkClosedException {
    call.sleep(afterConnect);
  }

  /** Waits until the next request may be sent. */
  void beforeRequest(CloseGuard.Call call) throws LinkClosedException {
    if (exchanged && !betweenRequests.isZero()) {
      call.sleep(betweenRequests.minusNanos(clock.nanoTime() - lastExchange));
    }
  }

  /** Notes that a request was answered or given up. */
  void afterRequest() {
    if (!betweenRequests.isZero()) {
      lastExchange = clock.nanoTime();
      exchanged = true;
    }
  }
}
