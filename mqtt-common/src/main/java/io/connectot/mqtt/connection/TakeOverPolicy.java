// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.ReasonCode;
import java.util.concurrent.TimeUnit;

/**
 * Decides what a lost connection means when another client with the same client id took the session
 * over: two such clients would take it from each other for ever. Thread-safe.
 */
public final class TakeOverPolicy {
  /** Take-overs in a row before this client gives up. */
  private static final int MAX_TAKE_OVERS = 3;

  /** A connection that lasted this long ends the row. */
  private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String clientId;
  private int inARow; // guarded by this

  public TakeOverPolicy(String clientId) {
    this.clientId = clientId;
  }

  /**
   * The cause of a loss. A take-over is a {@link Kind#CONFIGURATION} error, which delays the next
   * connection, and {@link Kind#FATAL} when it happened too often.
   *
   * @param connectedNanos how long the connection lasted
   */
  public synchronized ProtocolException cause(ConnectionLoss loss, long connectedNanos) {
    if (connectedNanos >= STABLE_NANOS) {
      inARow = 0;
    }
    if (!loss.takenOver()) {
      return loss.cause();
    }
    inARow++;
    boolean fatal = inARow >= MAX_TAKE_OVERS;
    return new ProtocolException(
        fatal ? Kind.FATAL : Kind.CONFIGURATION,
        Scope.CONNECTION,
        ReasonCode.SESSION_TAKEN_OVER.status(),
        loss.cause().getMessage()
            + ": another client with the client id '"
            + clientId
            + "' takes the session over; give each client its own mqtt.client.id",
        loss.cause());
  }
}
