// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.core.spi.ProtocolException;

/**
 * Why a connection is over.
 *
 * @param takenOver whether another client with the same client id took the session (MQTT 5, reason
 *     0x8E): connecting again would take it back, and so on. A broker of MQTT 3.1.1 does not say.
 */
public record ConnectionLoss(ProtocolException cause, boolean takenOver) {

  /** A loss that no other client caused. */
  public static ConnectionLoss of(ProtocolException cause) {
    return new ConnectionLoss(cause, false);
  }
}
