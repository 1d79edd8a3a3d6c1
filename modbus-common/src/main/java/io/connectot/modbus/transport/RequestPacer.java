// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.ConnectionClosedException;
import java.time.Duration;

/**
 * Keeps the configured pauses between connecting, requests and responses. For the owner's thread.
 */
final class RequestPacer {
  private final Duration afterConnect;
  private final Duration betweenRequests;
  private final Clock clock;
  private long lastTransaction;
  private boolean transacted;

  RequestPacer(Duration afterConnect, Duration betweenRequests, Clock clock) {
    this.afterConnect = afterConnect;
    this.betweenRequests = betweenRequests;
    this.clock = clock;
  }

  /** Waits after a connection was made. */
  void connected(CloseGuard.Call call) throws ConnectionClosedException {
    call.sleep(afterConnect);
  }

  /** Waits until the next request may be sent. */
  void beforeRequest(CloseGuard.Call call) throws ConnectionClosedException {
    if (transacted && !betweenRequests.isZero()) {
      call.sleep(betweenRequests.minusNanos(clock.tick() - lastTransaction));
    }
  }

  /** Records that a request was answered or failed. */
  void afterRequest() {
    if (!betweenRequests.isZero()) {
      lastTransaction = clock.tick();
      transacted = true;
    }
  }
}
