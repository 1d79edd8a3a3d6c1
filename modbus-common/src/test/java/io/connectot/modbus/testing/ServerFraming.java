// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The framings as a device sees them. Written apart from the connector's, to check them. */
public enum ServerFraming {
  /** TCP, TLS, and UDP, where a datagram is a frame. */
  MBAP {
    @Override
    ReceivedRequest read(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      int transaction = data.readUnsignedShort();
      int protocol = data.readUnsignedShort();
      int length = data.readUnsignedShort();
      if (protocol != 0 || length < 5 || length > 254) {
        throw new IOException("no Modbus request: protocol " + protocol + ", length " + length);
      }
      return request(transaction, ByteBuffer.wrap(in.readNBytes(length)));
    }

    @Override
    public byte[] write(ServerResponse response) {
      byte[] adu = response.adu();
      return ByteBuffer.allocate(6 + adu.length)
          .putShort((short) response.transaction())
          .putShort((short) response.protocol())
          .putShort((short) adu.length)
          .put(adu)
          .array();
    }
  },

  /** Binary with a CRC at the end. */
  RTU {
    @Override
    ReceivedRequest read(InputStream in) throws IOException {
      byte[] start = in.readNBytes(7);
      if (start.length < 7) {
        throw new IOException("the stream ended");
      }
      int body =
          switch (start[1]) {
            case ReceivedRequest.IDENTIFICATION -> 5;
            case 15, 16 -> 7 + (start[6] & 0xFF);
            case 22 -> 8;
            default -> 6;
          };
      byte[] frame = Arrays.copyOf(start, body + 2);
      int rest = frame.length - start.length;
      if (in.readNBytes(frame, start.length, rest) < rest) {
        throw new IOException("the stream ended");
      }
      if (crc(frame, body) != ((frame[body] & 0xFF) | (frame[body + 1] & 0xFF) << 8)) {
        throw new IOException("wrong CRC in " + HexFormat.of().formatHex(frame));
      }
      return request(0, ByteBuffer.wrap(frame, 0, body));
    }

    @Override
    public byte[] write(ServerResponse response) {
      byte[] adu = response.adu();
      int crc = crc(adu, adu.length);
      return ByteBuffer.allocate(adu.length + 2)
          .put(adu)
          .put((byte) crc)
          .put((byte) (crc >> 8))
          .array();
    }
  },

  /** Hexadecimal between a colon and CR LF, with an LRC at the end. */
  ASCII {
    @Override
    ReceivedRequest read(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.length() < 2 || line.charAt(line.length() - 1) != '\n') {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the stream ended");
        }
        line.append((char) next);
      }
      String text = line.toString();
      if (!text.matches(":([0-9A-F]{2}){6,255}\r\n")) {
        throw new IOException("no ASCII request: " + text);
      }
      byte[] frame = HexFormat.of().parseHex(text.substring(1, text.length() - 2));
      int body = frame.length - 1;
      if (lrc(frame, body) != frame[body]) {
        throw new IOException("wrong LRC in " + text);
      }
      return request(0, ByteBuffer.wrap(frame, 0, body));
    }

    @Override
    public byte[] write(ServerResponse response) {
      byte[] adu = response.adu();
      HexFormat hex = HexFormat.of().withUpperCase();
      String text = ":" + hex.formatHex(adu) + hex.toHexDigits(lrc(adu, adu.length)) + "\r\n";
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  };

  /**
   * Waits for a request.
   *
   * @throws IOException when the stream ended or something else than a read request came
   */
  abstract ReceivedRequest read(InputStream in) throws IOException;

  /** A response as bytes. */
  public abstract byte[] write(ServerResponse response);

  private static ReceivedRequest request(int transaction, ByteBuffer adu) throws IOException {
    if (adu.remaining() == 5 && adu.get(1) == ReceivedRequest.IDENTIFICATION) {
      return new ReceivedRequest(
          transaction, adu.get(0) & 0xFF, adu.get(1) & 0xFF, adu.get(3) & 0xFF, adu.get(4) & 0xFF);
    }
    if (adu.remaining() < 6) {
      throw new IOException("the stream ended");
    }
    int unit = adu.get() & 0xFF;
    int function = adu.get() & 0xFF;
    int address = adu.getShort() & 0xFFFF;
    if (function == 22) {
      return new ReceivedRequest(transaction, unit, function, address, 1, rest(adu));
    }
    int quantity = adu.getShort() & 0xFFFF;
    if (function == 15 || function == 16) {
      adu.get();
    }
    return new ReceivedRequest(transaction, unit, function, address, quantity, rest(adu));
  }

  private static String rest(ByteBuffer adu) {
    byte[] data = new byte[adu.remaining()];
    adu.get(data);
    return HexFormat.of().formatHex(data);
  }

  private static int crc(byte[] bytes, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xA001;
      }
    }
    return crc;
  }

  private static byte lrc(byte[] bytes, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += bytes[i];
    }
    return (byte) -sum;
  }
}
