// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.address.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers which units still owe a reply on a line whose frames carry no transaction. A late reply
 * there looks like the reply to the next request of the same unit, function and length; such a
 * request waits until the late reply has had as long again as it had at first. Any other request
 * goes out at once, because the late reply cannot be taken for its own, and the very same request
 * may, because then it is its own. For the owner's thread.
 */
final class OwedReplies {
  private final Duration quarantine;
  private final LinkClock clock;
  private final Map<Shape, Owed> owed = new HashMap<>();

  OwedReplies(Duration quarantine, LinkClock clock) {
    this.quarantine = quarantine;
    this.clock = clock;
  }

  /** The wait before a request may be sent; zero or negative for none. */
  Duration waitBefore(ReadRequest request) {
    if (owed.isEmpty()) {
      return Duration.ZERO;
    }
    long now = clock.nanoTime();
    owed.values().removeIf(reply -> reply.until - now <= 0);
    Owed reply = owed.get(Shape.of(request));
    if (reply == null || reply.isOf(request)) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(reply.until - now);
  }

  /** Notes that a request was given up. */
  void unanswered(ReadRequest request) {
    owed.put(
        Shape.of(request),
        new Owed(request.address(), request.quantity(), clock.nanoTime() + quarantine.toNanos()));
  }

  private record Shape(int unit, Table table, int dataLength) {
    static Shape of(ReadRequest request) {
      return new Shape(request.unit(), request.table(), request.dataLength());
    }
  }

  private record Owed(int address, int quantity, long until) {
    boolean isOf(ReadRequest request) {
      return address == request.address() && quantity == request.quantity();
    }
  }
}
