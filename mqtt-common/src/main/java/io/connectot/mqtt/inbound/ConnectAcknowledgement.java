// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.packet.InvalidPacketException;
import io.connectot.mqtt.packet.PacketReader;
import java.time.Duration;
import java.util.Optional;

/**
 * The part of CONNACK that Paho does not keep (MQTT 5.0 §3.2).
 *
 * @param code reason code of MQTT 5, return code of MQTT 3.1.1; 0 for accepted
 * @param version of its form: a broker without MQTT 5 answers in that of MQTT 3.1.1
 * @param reason the broker's own words; empty for none
 * @param serverReference the brokers to use instead; empty for none
 * @param sessionExpiry that of the broker, if it is not the requested one
 */
public record ConnectAcknowledgement(
    boolean sessionPresent,
    int code,
    MqttVersion version,
    String reason,
    String serverReference,
    Optional<Duration> sessionExpiry) {
  private static final int SESSION_EXPIRY = 0x11;
  private static final int ASSIGNED_CLIENT_ID = 0x12;
  private static final int SERVER_KEEP_ALIVE = 0x13;
  private static final int AUTHENTICATION_METHOD = 0x15;
  private static final int AUTHENTICATION_DATA = 0x16;
  private static final int RESPONSE_INFORMATION = 0x1A;
  private static final int SERVER_REFERENCE = 0x1C;
  private static final int REASON = 0x1F;
  private static final int RECEIVE_MAXIMUM = 0x21;
  private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  private static final int USER_PROPERTY = 0x26;
  private static final int MAXIMUM_PACKET_SIZE = 0x27;

  /** Reads the packet after its fixed header. */
  static ConnectAcknowledgement read(PacketReader reader, MqttVersion version)
      throws InvalidPacketException {
    boolean sessionPresent = (reader.octet() & 1) != 0;
    int code = reader.octet();
    if (version == MqttVersion.V3 || reader.remaining() == 0) {
      return new ConnectAcknowledgement(
          sessionPresent, code, MqttVersion.V3, "", "", Optional.empty());
    }
    String reason = "";
    String serverReference = "";
    Optional<Duration> sessionExpiry = Optional.empty();
    reader.variableOctets();
    while (reader.remaining() > 0) {
      int identifier = reader.variableOctets();
      switch (identifier) {
        case SESSION_EXPIRY -> sessionExpiry = Optional.of(Duration.ofSeconds(reader.fourOctets()));
        case REASON -> reason = reader.text();
        case SERVER_REFERENCE -> serverReference = reader.text();
        case ASSIGNED_CLIENT_ID, AUTHENTICATION_METHOD, RESPONSE_INFORMATION -> reader.text();
        case AUTHENTICATION_DATA -> reader.binary();
        case SERVER_KEEP_ALIVE, RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM -> reader.twoOctets();
        case MAXIMUM_PACKET_SIZE -> reader.fourOctets();
        case USER_PROPERTY -> {
          reader.text();
          reader.text();
        }
        // Flags; Paho rejects what CONNACK cannot have.
        default -> reader.octet();
      }
    }
    return new ConnectAcknowledgement(
        sessionPresent, code, MqttVersion.V5, reason, serverReference, sessionExpiry);
  }
}
