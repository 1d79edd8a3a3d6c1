// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strictly decodes the data types of MQTT 5.0 §1.5 from packet bytes. Reusable; for one thread. */
public final class PacketReader {
  private byte[] data = new byte[0];
  private int position;
  private int end;

  /** Positions the reader on a packet or a part of one. */
  public void reset(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    end = to;
  }

  public int remaining() {
    return end - position;
  }

  public int octet() throws InvalidPacketException {
    return data[advance(1)] & 0xFF;
  }

  public int twoOctets() throws InvalidPacketException {
    int at = advance(2);
    return ((data[at] & 0xFF) << 8) | (data[at + 1] & 0xFF);
  }

  /** Reads an unsigned integer. */
  public long fourOctets() throws InvalidPacketException {
    return (long) twoOctets() << 16 | twoOctets();
  }

  /** Reads a variable byte integer; rejects non-minimal encodings ([MQTT-1.5.5-1]). */
  public int variableOctets() throws InvalidPacketException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7F) << shift;
      if (octet < 0x80) {
        if (octet == 0 && shift > 0) {
          throw InvalidPacketException.malformed("a number has more bytes than it needs");
        }
        return value;
      }
    }
    throw InvalidPacketException.malformed("a number has more than 4 bytes");
  }

  public byte[] binary() throws InvalidPacketException {
    int length = twoOctets();
    int at = advance(length);
    return Arrays.copyOfRange(data, at, at + length);
  }

  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(data, position, end);
    position = end;
    return rest;
  }

  public String text() throws InvalidPacketException {
    int length = twoOctets();
    return text(advance(length), length);
  }

  /** Reads a string that is likely to repeat. */
  public String text(TextCache cache) throws InvalidPacketException {
    int length = twoOctets();
    int at = advance(length);
    String known = cache.find(data, at, length);
    if (known != null) {
      return known;
    }
    String text = text(at, length);
    cache.put(data, at, length, text);
    return text;
  }

  /** Decodes UTF-8 strictly, without U+0000 ([MQTT-1.5.4-1], [MQTT-1.5.4-2]). */
  private String text(int from, int length) throws InvalidPacketException {
    boolean plain = true;
    for (int i = from; i < from + length; i++) {
      if (data[i] == 0) {
        throw InvalidPacketException.malformed("a text with the character U+0000");
      }
      plain &= data[i] > 0;
    }
    if (plain) {
      return new String(data, from, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(data, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw InvalidPacketException.malformed("a text that is not UTF-8");
    }
  }

  private int advance(int count) throws InvalidPacketException {
    int at = position;
    if (count > end - at) {
      throw InvalidPacketException.malformed("a packet that ends inside a field");
    }
    position = at + count;
    return at;
  }
}
