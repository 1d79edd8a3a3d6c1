// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import io.connectot.mqtt.transport.ReasonCode;
import java.net.ProtocolException;

/**
 * The broker sent what the standard forbids, or more than this client accepts: the connection has
 * to end (MQTT 5.0 §4.13, [MQTT-4.8.0-1] of 3.1.1).
 */
public final class InvalidPacketException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final ReasonCode reason;

  /**
   * @param reason what the broker is told over MQTT 5
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
