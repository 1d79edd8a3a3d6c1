// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

/** Sees what the broker sends before the library does. For one reading thread. */
public interface PacketHandler {

  /** All packets that came are handled; whoever reads is about to wait. */
  void caughtUp();

  /** Some bytes came; called before they are looked at. */
  void bytesArrived();

  /**
   * A packet came, complete. Its bytes are lent for the call.
   *
   * @param first its first byte: type and flags
   * @param data holds the rest behind the fixed header
   * @param from where this begins
   * @param to where it ends
   * @return whether the packet is dealt with; the library sees the others
   */
  boolean handle(int first, byte[] data, int from, int to) throws InvalidPacketException;

  /** What came is invalid; nothing more is read. */
  void invalid(InvalidPacketException cause);
}
