// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/**
 * Receives the events of a connection, on Paho's threads, messages one at a time. <strong>Must not
 * block</strong>: meanwhile no packet of the broker is read, including the response to the
 * keep-alive ping. Implementations queue and return.
 */
public interface TransportListener {

  /** For a connection without subscriptions whose loss is irrelevant. */
  TransportListener DEAF =
      new TransportListener() {
        @Override
        public void messageArrived(InboundMessage message) {
          // No subscriptions.
        }

        @Override
        public void connectionLost(ConnectionLoss loss) {
          // The caller notices.
        }
      };

  /**
   * A message arrived. It is unacknowledged until {@link MqttTransport#acknowledge}. An exception
   * thrown here ends the connection, and the broker redelivers the message.
   */
  void messageArrived(InboundMessage message);

  /**
   * All messages received so far were handed over, and the next may take time: the moment to wake
   * the processing thread. Must not throw.
   */
  default void caughtUp() {
    // Only needed by listeners that batch.
  }

  /** The connection ended and the transport is closed. Called at most once; not after close. */
  void connectionLost(ConnectionLoss loss);
}
