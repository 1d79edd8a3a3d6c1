// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.transport.ConnectResult;

/** Whether a connection is established, and whether and why it has ended. Thread-safe. */
final class ConnectionOutcome {
  private final Object lock = new Object();

  /** Whether the connection has ended; written under {@link #lock}. */
  private volatile boolean over;

  /** Why the connection ended; guarded by {@link #lock}, null before. */
  private ProtocolException end;

  /** Null before CONNACK; written under {@link #lock}. */
  private volatile ConnectResult result;

  /**
   * The broker has accepted the connection.
   *
   * @throws ProtocolException the reason of the end when the connection has ended in the meantime
   */
  void established(ConnectResult accepted) throws ProtocolException {
    synchronized (lock) {
      if (over) {
        throw end;
      }
      result = accepted;
    }
  }

  /** What the broker has answered; null before. Remains after the end of the connection. */
  ConnectResult result() {
    return result;
  }

  /** Whether the broker has accepted the connection, be it over or not. */
  boolean wasEstablished() {
    return result != null;
  }

  /** Whether the connection has ended. */
  boolean isOver() {
    return over;
  }

  /** Marks the connection as ended; true the first time. */
  boolean end(ProtocolException cause) {
    synchronized (lock) {
      boolean first = !over;
      if (first) {
        over = true;
        end = cause;
      }
      return first;
    }
  }
}
