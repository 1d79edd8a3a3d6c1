// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The frames of ADS: AMS over TCP. */
@SuppressWarnings("ByteBufferBackingArray") // the buffers have arrays of their own
final class AmsFrame {
  static final int TCP_HEADER = 6;
  static final int AMS_HEADER = 32;

  private AmsFrame() {}

  /** The addresses of an answer: from the receiver of the request to its sender. */
  static byte[] swapped(byte[] request) {
    byte[] addresses = new byte[16];
    System.arraycopy(request, 8, addresses, 0, 8);
    System.arraycopy(request, 0, addresses, 8, 8);
    return addresses;
  }

  /** A frame with a body. */
  static byte[] of(byte[] addresses, int command, int flags, int invoke, byte[] body) {
    ByteBuffer frame =
        ByteBuffer.allocate(TCP_HEADER + AMS_HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putShort((short) 0).putInt(AMS_HEADER + body.length).put(addresses);
    frame.putShort((short) command).putShort((short) flags);
    frame.putInt(body.length).putInt(0).putInt(invoke).put(body);
    return frame.array();
  }
}
