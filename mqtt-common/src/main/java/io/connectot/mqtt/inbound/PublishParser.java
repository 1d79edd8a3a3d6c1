// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.packet.InvalidPacketException;
import io.connectot.mqtt.packet.PacketReader;
import io.connectot.mqtt.packet.TextCache;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.ReasonCode;

/** Strictly parses PUBLISH packets (MQTT 3.1.1 §3.3, MQTT 5.0 §3.3). For one thread. */
final class PublishParser {
  private static final int RETAIN = 0x01;
  private static final int DUPLICATE = 0x08;

  private final long epoch;
  private final MqttVersion version;
  private final PacketReader reader = new PacketReader();
  private final TextCache topics = new TextCache();

  /**
   * @param epoch connection number given to the messages
   */
  PublishParser(long epoch, MqttVersion version) {
    this.epoch = epoch;
    this.version = version;
  }

  /**
   * Parses a packet.
   *
   * @param first the first byte
   * @param data contains the packet after the fixed header, from {@code from} to {@code to}
   */
  InboundMessage parse(int first, byte[] data, int from, int to) throws InvalidPacketException {
    reader.reset(data, from, to);
    int qos = first >> 1 & 0x03;
    boolean duplicate = (first & DUPLICATE) != 0;
    if (qos == 3) {
      throw InvalidPacketException.malformed("a PUBLISH of QoS 3 [MQTT-3.3.1-4]");
    }
    if (qos == 0 && duplicate) {
      throw InvalidPacketException.malformed(
          "a PUBLISH of QoS 0 marked as duplicate [MQTT-3.3.1-2]");
    }
    String topic = reader.text(topics);
    int packetId = qos == 0 ? 0 : packetId(reader);
    MessageProperties properties =
        version == MqttVersion.V5 ? InboundProperties.read(reader) : MessageProperties.NONE;
    // Checked after the properties: an alias is the likelier cause.
    checkTopic(topic);
    return new InboundMessage(
        epoch, topic, reader.rest(), qos, (first & RETAIN) != 0, duplicate, packetId, properties);
  }

  static int packetId(PacketReader reader) throws InvalidPacketException {
    int packetId = reader.twoOctets();
    if (packetId == 0) {
      throw InvalidPacketException.forbidden("a packet identifier of 0 [MQTT-2.2.1-4]");
    }
    return packetId;
  }

  private static void checkTopic(String topic) throws InvalidPacketException {
    if (topic.isEmpty()) {
      throw InvalidPacketException.forbidden("a PUBLISH without a topic");
    }
    if (hasWildcard(topic)) {
      throw new InvalidPacketException(
          ReasonCode.TOPIC_NAME_INVALID, "a PUBLISH to a topic with a wildcard [MQTT-3.3.2-2]");
    }
  }

  static boolean hasWildcard(String topic) {
    return topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
  }
}
