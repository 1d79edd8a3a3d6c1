// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/** Sends everything written up to a flush as binary frames. Thread-safe. */
public final class WebSocketOutput extends OutputStream {
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  /** Servers limit frame sizes, some to 64 KiB; packets may span frames ([MQTT-6.0.0-2]). */
  private static final int LONGEST_FRAME = 16 * 1024;

  private final OutputStream out;
  private final Random random;
  private final Buffer pending = new Buffer(); // guarded by this

  /**
   * @param random source of the masking keys (RFC 6455 §5.3)
   */
  public WebSocketOutput(OutputStream out, Random random) {
    super();
    this.out = out;
    this.random = random;
  }

  @Override
  public synchronized void write(int b) {
    pending.write(b);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) {
    pending.write(source, offset, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    byte[] bytes = pending.bytes();
    for (int offset = 0; offset < pending.size(); offset += LONGEST_FRAME) {
      send(BINARY, bytes, offset, Math.min(LONGEST_FRAME, pending.size() - offset));
    }
    pending.reset();
    out.flush();
  }

  /** Sends a frame immediately and masks {@code payload} in place. */
  synchronized void control(int opcode, byte[] payload) throws IOException {
    send(opcode, payload, 0, payload.length);
    out.flush();
  }

  private void send(int opcode, byte[] payload, int offset, int length) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream(8 + length);
    header.write(0x80 | opcode);
    if (length < 126) {
      header.write(0x80 | length);
    } else {
      header.write(0x80 | 126);
      header.write(length >>> 8);
      header.write(length);
    }
    byte[] mask = new byte[4];
    random.nextBytes(mask);
    header.write(mask, 0, mask.length);
    for (int i = 0; i < length; i++) {
      payload[offset + i] ^= mask[i & 3];
    }
    header.write(payload, offset, length);
    header.writeTo(out);
  }

  /** Exposes its array to avoid a copy. */
  private static final class Buffer extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }
}
