// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import io.connectot.mqtt.transport.ReasonCode;
import java.net.ProtocolException;

/**
 * The broker violated the standard or exceeded a limit of this client; the connection must end
 * (MQTT 5.0 §4.13, [MQTT-4.8.0-1] of 3.1.1).
 */
public final class InvalidPacketException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final ReasonCode reason;

  /**
   * @param reason sent to the broker in DISCONNECT (MQTT 5 only)
   */
  public InvalidPacketException(ReasonCode reason, String message) {
    super(message);
    this.reason = reason;
  }

  public static InvalidPacketException malformed(String message) {
    return new InvalidPacketException(ReasonCode.MALFORMED_PACKET, message);
  }

  public static InvalidPacketException forbidden(String message) {
    return new InvalidPacketException(ReasonCode.PROTOCOL_ERROR, message);
  }

  public ReasonCode reason() {
    return reason;
  }
}
