// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

import io.connectot.core.spi.ProtocolException;

/**
 * Why a connection ended.
 *
 * @param takenOver whether another client with the same client id took the session over (MQTT 5,
 *     reason 0x8E), so that an immediate reconnect would start a take-over loop. MQTT 3.1.1 brokers
 *     do not report it.
 */
public record ConnectionLoss(ProtocolException cause, boolean takenOver) {

  /** A loss that is not a take-over. */
  public static ConnectionLoss of(ProtocolException cause) {
    return new ConnectionLoss(cause, false);
  }
}
