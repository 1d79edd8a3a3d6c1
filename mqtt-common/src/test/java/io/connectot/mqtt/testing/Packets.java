// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Packets as a broker sends them, byte by byte (MQTT 5.0 §3). */
public final class Packets {
  public static final int CONNECT = 1;
  public static final int PUBLISH = 3;
  public static final int PUBACK = 4;
  public static final int SUBSCRIBE = 8;
  public static final int PINGREQ = 12;
  public static final int DISCONNECT = 14;

  private Packets() {}

  /** CONNACK for {@code version} 3 or 5. */
  public static byte[] connack(int version, boolean sessionPresent, int code) {
    byte[] body = {(byte) (sessionPresent ? 1 : 0), (byte) code, 0};
    return packet(0x20, body, version == 5 ? 3 : 2);
  }

  /** CONNACK of MQTT 5 with properties. */
  public static byte[] connack(int... properties) {
    byte[] body = new byte[3 + properties.length];
    body[2] = (byte) properties.length;
    for (int i = 0; i < properties.length; i++) {
      body[3 + i] = (byte) properties[i];
    }
    return packet(0x20, body, body.length);
  }

  /** PUBLISH of QoS 1. */
  public static byte[] publish(int version, int packetId, String topic, String payload) {
    return publish(version, 1, false, packetId, topic, payload);
  }

  /** PUBLISH of QoS 1 or 2. */
  public static byte[] publish(
      int version, int qos, boolean duplicate, int packetId, String topic, String payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    body.write(name.length >> 8);
    body.write(name.length);
    body.writeBytes(name);
    body.write(packetId >> 8);
    body.write(packetId);
    if (version == 5) {
      body.write(0);
    }
    body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
    return packet(0x30 | qos << 1 | (duplicate ? 0x08 : 0), body.toByteArray(), body.size());
  }

  /** PUBACK; of MQTT 3.1.1 when {@code code} is 0. */
  public static byte[] puback(int packetId, int code) {
    byte[] body = {(byte) (packetId >> 8), (byte) packetId, (byte) code};
    return packet(0x40, body, code == 0 ? 2 : 3);
  }

  /** PUBREL. */
  public static byte[] pubrel(int packetId) {
    return packet(0x62, new byte[] {(byte) (packetId >> 8), (byte) packetId}, 2);
  }

  /** DISCONNECT of MQTT 5. */
  public static byte[] disconnect(int code) {
    return packet(0xE0, new byte[] {(byte) code, 0}, 2);
  }

  private static byte[] packet(int first, byte[] body, int length) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    int left = length;
    do {
      int digit = left & 0x7F;
      left >>>= 7;
      packet.write(left > 0 ? digit | 0x80 : digit);
    } while (left > 0);
    packet.write(body, 0, length);
    return packet.toByteArray();
  }
}
