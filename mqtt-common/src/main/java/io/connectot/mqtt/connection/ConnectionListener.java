// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.connection;

import io.connectot.core.spi.ProtocolException;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.TransportListener;

/** Hears what happens to an {@link MqttConnection}. */
public interface ConnectionListener {

  /** Returns when it is time to connect. Before each attempt, on the connection's own thread. */
  default void awaitReady() throws InterruptedException {
    // It always is.
  }

  /**
   * A broker consented. On the connection's own thread, which may wait here: the place to
   * subscribe. Messages of a kept session may have arrived already.
   *
   * @throws ProtocolException to end this connection and try again, or, when it is {@link
   *     ProtocolException.Kind#FATAL}, to give up
   */
  void connected(MqttTransport transport, ConnectResult result)
      throws ProtocolException, InterruptedException;

  /** As {@link TransportListener#messageArrived}: on a thread of the library, must not block. */
  void messageArrived(InboundMessage message);

  /** As {@link TransportListener#caughtUp}. */
  default void caughtUp() {
    // Who handles every message at once needs no such moment.
  }

  /** An attempt failed, or a connection was lost; the next attempt follows by itself. */
  void disconnected(ProtocolException cause);

  /** The connection is given up. The last call. */
  void failed(ProtocolException cause);
}
