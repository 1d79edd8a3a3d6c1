// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import io.connectot.mqtt.packet.InvalidPacketException;
import io.connectot.mqtt.packet.PacketReader;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.ReasonCode;
import io.connectot.mqtt.transport.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Strictly reads the properties of a PUBLISH packet (MQTT 5.0 §3.3.2.3). */
final class InboundProperties {
  private static final int PAYLOAD_FORMAT = 0x01;
  private static final int EXPIRY = 0x02;
  private static final int CONTENT_TYPE = 0x03;
  private static final int RESPONSE_TOPIC = 0x08;
  private static final int CORRELATION_DATA = 0x09;
  private static final int SUBSCRIPTION_ID = 0x0B;
  private static final int TOPIC_ALIAS = 0x23;
  private static final int USER_PROPERTY = 0x26;

  private final List<UserProperty> userProperties = new ArrayList<>();

  /** Bit set of the identifiers that may occur once. */
  private long seen;

  /** Null until read. */
  private String contentType;

  private String responseTopic;
  private byte[] correlationData;
  private Duration expiry;
  private boolean utf8;

  private InboundProperties() {}

  /** Reads the property length and the properties. */
  static MessageProperties read(PacketReader reader) throws InvalidPacketException {
    int length = reader.variableOctets();
    if (length == 0) {
      return MessageProperties.NONE;
    }
    int after = reader.remaining() - length;
    if (after < 0) {
      throw InvalidPacketException.malformed("properties longer than their packet");
    }
    InboundProperties properties = new InboundProperties();
    while (reader.remaining() > after) {
      properties.next(reader);
    }
    if (reader.remaining() < after) {
      throw InvalidPacketException.malformed("properties longer than they say");
    }
    return properties.result();
  }

  private void next(PacketReader reader) throws InvalidPacketException {
    int identifier = reader.variableOctets();
    switch (identifier) {
      case USER_PROPERTY -> userProperties.add(new UserProperty(reader.text(), reader.text()));
      case SUBSCRIPTION_ID -> subscriptionId(reader);
      case PAYLOAD_FORMAT -> {
        once(identifier);
        utf8 = flag(reader);
      }
      case EXPIRY -> {
        once(identifier);
        expiry = Duration.ofSeconds(reader.fourOctets());
      }
      case CONTENT_TYPE -> {
        once(identifier);
        contentType = reader.text();
      }
      case RESPONSE_TOPIC -> {
        once(identifier);
        responseTopic = responseTopic(reader);
      }
      case CORRELATION_DATA -> {
        once(identifier);
        correlationData = reader.binary();
      }
      case TOPIC_ALIAS ->
          throw new InvalidPacketException(
              ReasonCode.TOPIC_ALIAS_INVALID,
              "a topic alias, though the client allows none [MQTT-3.1.2-26]");
      default ->
          throw InvalidPacketException.malformed(
              "a PUBLISH with the property " + identifier + ", which it cannot have");
    }
  }

  private void once(int identifier) throws InvalidPacketException {
    long bit = 1L << identifier;
    if ((seen & bit) != 0) {
      throw InvalidPacketException.forbidden(
          "a PUBLISH with the property " + identifier + " twice");
    }
    seen |= bit;
  }

  private static boolean flag(PacketReader reader) throws InvalidPacketException {
    int value = reader.octet();
    if (value > 1) {
      throw InvalidPacketException.forbidden("a payload format of " + value);
    }
    return value == 1;
  }

  /**
   * A message that matches several subscriptions carries several identifiers. This client never
   * requests them.
   */
  private static void subscriptionId(PacketReader reader) throws InvalidPacketException {
    if (reader.variableOctets() == 0) {
      throw InvalidPacketException.forbidden("a subscription identifier of 0");
    }
  }

  private static String responseTopic(PacketReader reader) throws InvalidPacketException {
    String topic = reader.text();
    if (PublishParser.hasWildcard(topic)) {
      throw InvalidPacketException.forbidden("a response topic with a wildcard [MQTT-3.3.2-14]");
    }
    return topic;
  }

  private MessageProperties result() {
    return new MessageProperties(
        userProperties,
        Optional.ofNullable(contentType),
        Optional.ofNullable(responseTopic),
        Optional.ofNullable(correlationData),
        Optional.ofNullable(expiry),
        utf8);
  }
}
