// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * Hears what happens on a connection. Called on the protocol library's threads, one call at a time
 * for messages; <strong>must not block</strong>: while it does, no answer of the broker is seen,
 * that to the keep-alive ping included. So it queues, and does nothing else.
 */
public interface TransportListener {

  /** For a connection that subscribes to nothing, and whose loss does not matter. */
  TransportListener DEAF =
      new TransportListener() {
        @Override
        public void messageArrived(InboundMessage message) {
          // Nobody asked for it.
        }

        @Override
        public void connectionLost(ConnectionLoss loss) {
          // Whoever uses the connection notices.
        }
      };

  /**
   * A message arrived. It stays unacknowledged until {@link MqttTransport#acknowledge}. Whatever
   * this method throws ends the connection, and the broker delivers the message again to the next.
   */
  void messageArrived(InboundMessage message);

  /**
   * All messages that had come are handed over, and the next may take time: a good moment to wake
   * who works on them. Must not throw.
   */
  default void caughtUp() {
    // Who handles every message at once needs no such moment.
  }

  /** The connection is over, and the transport closed. Called at most once; not after close. */
  void connectionLost(ConnectionLoss loss);
}
