// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.socket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** The payload of the server's frames. For one reading thread. */
public final class WebSocketInput extends InputStream {
  private static final int CONTINUATION = 0x0;
  private static final int BINARY = 0x2;
  private static final int LONGEST_CONTROL = 125;

  private final InputStream in;
  private final WebSocketOutput output;
  private final byte[] single = new byte[1];
  private long left;

  public WebSocketInput(InputStream in, WebSocketOutput output) {
    super();
    this.in = in;
    this.output = output;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (left == 0) {
      if (!nextFrame()) {
        return -1;
      }
    }
    int read = in.read(target, offset, (int) Math.min(count, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, in.available());
  }

  /** Moves to the next data frame, answering control frames; false at the end. */
  private boolean nextFrame() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    int second = octet();
    if ((first & 0x70) != 0 || (second & 0x80) != 0) {
      throw new ProtocolException("the server sent a WebSocket frame that RFC 6455 forbids");
    }
    long length = second & 0x7F;
    if (length == 126) {
      length = number(2);
    } else if (length == 127) {
      length = number(8);
    }
    int opcode = first & 0x0F;
    if (opcode == CONTINUATION || opcode == BINARY) {
      if (length < 0) {
        throw new ProtocolException("the server sent a WebSocket frame of negative length");
      }
      left = length;
      return true;
    }
    if (opcode < 0x8 || length > LONGEST_CONTROL) {
      throw new ProtocolException("the server sent a WebSocket frame that is not MQTT");
    }
    byte[] payload = in.readNBytes((int) length);
    if (payload.length < length) {
      throw new EOFException("the connection ended inside a WebSocket frame");
    }
    return control(opcode, payload);
  }

  private boolean control(int opcode, byte[] payload) throws IOException {
    switch (opcode) {
      case WebSocketOutput.CLOSE -> {
        return false;
      }
      case WebSocketOutput.PING -> {
        output.control(WebSocketOutput.PONG, payload);
        return true;
      }
      case WebSocketOutput.PONG -> {
        return true;
      }
      default -> throw new ProtocolException("the server sent an unknown WebSocket frame");
    }
  }

  private long number(int octets) throws IOException {
    long value = 0;
    for (int i = 0; i < octets; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  private int octet() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException("the connection ended inside a WebSocket frame");
    }
    return value;
  }
}
