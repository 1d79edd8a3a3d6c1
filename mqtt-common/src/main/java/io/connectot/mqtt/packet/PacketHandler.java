// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

/** Handles inbound packets before Paho sees them. Called by one reading thread. */
public interface PacketHandler {

  /** All received packets are handled and the reader is about to wait. */
  void caughtUp();

  /** Bytes arrived; called before they are parsed. */
  void bytesArrived();

  /**
   * Handles a complete packet. The array is only valid during the call.
   *
   * @param first the first byte: type and flags
   * @param data contains the packet after the fixed header
   * @param from start of the packet body
   * @param to end of the packet body, exclusive
   * @return whether the packet was consumed; Paho reads the others
   */
  boolean handle(int first, byte[] data, int from, int to) throws InvalidPacketException;

  /** The input is invalid; reading stops. */
  void invalid(InvalidPacketException cause);
}
