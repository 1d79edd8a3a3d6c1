// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.inbound;

import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.config.MqttVersion;
import io.connectot.mqtt.packet.InvalidPacketException;
import io.connectot.mqtt.packet.PacketHandler;
import io.connectot.mqtt.packet.PacketReader;
import io.connectot.mqtt.transport.InboundMessage;
import java.time.Duration;
import java.util.Optional;

/**
 * Handles PUBLISH and PUBREL instead of Paho, which would copy each byte several times, hide the
 * DUP flag, and answer QoS 2 before Kafka has the message. All other packets are validated and left
 * to Paho. For the reading thread, except {@link #acknowledge}.
 */
public final class InboundPackets implements PacketHandler {
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int PUBREC = 5;
  private static final int PUBREL = 6;
  private static final int PUBCOMP = 7;
  private static final int SUBACK = 9;
  private static final int UNSUBACK = 11;
  private static final int PINGRESP = 13;
  private static final int DISCONNECT = 14;
  private static final int AUTH = 15;

  /** The flags of PUBREL; other packets have none. */
  private static final int PUBREL_FLAGS = 0x02;

  /** Maximum time to send the DISCONNECT with the reason. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final MqttVersion version;
  private final PublishParser parser;
  private final PacketReader reader = new PacketReader();
  private final ReceivedIds received;
  private final Acknowledgements acknowledgements;
  private final Listener listener;

  /** Null before CONNACK. Written by the reading thread, as the next. */
  private volatile ConnectAcknowledgement connectAcknowledgement;

  /** Null unless something else than MQTT answers. */
  private volatile ForeignProtocol foreignProtocol;

  /** Whether CONNACK was successful. */
  private boolean connected;

  /** Whether messages arrived since the last {@link Listener#caughtUp}. */
  private boolean handedOver;

  /** Called on the reading thread. */
  public interface Listener {
    void bytesArrived();

    void arrived(InboundMessage message);

    /** All received messages are handed over; the next may take time. */
    void caughtUp();

    /** The input is invalid and the connection must end. */
    void invalid(InvalidPacketException cause);
  }

  public InboundPackets(
      long epoch,
      MqttClientSettings settings,
      ReceivedIds received,
      Acknowledgements acknowledgements,
      Listener listener) {
    this.version = settings.version();
    this.parser = new PublishParser(epoch, version);
    this.received = received;
    this.acknowledgements = acknowledgements;
    this.listener = listener;
  }

  @Override
  public void caughtUp() {
    if (handedOver) {
      handedOver = false;
      listener.caughtUp();
    }
  }

  @Override
  public void bytesArrived() {
    listener.bytesArrived();
  }

  @Override
  public boolean handle(int first, byte[] data, int from, int to) throws InvalidPacketException {
    int type = first >> 4;
    if (!connected && connectAcknowledgement == null) {
      foreignProtocol = ForeignProtocol.of(first, data, from, to).orElse(null);
    }
    if (type == PUBLISH) {
      requireConnected(type);
      published(parser.parse(first, data, from, to));
      return true;
    }
    if ((first & 0x0F) != (type == PUBREL ? PUBREL_FLAGS : 0)) {
      throw InvalidPacketException.malformed("a packet of type " + type + " with flags of none");
    }
    reader.reset(data, from, to);
    switch (type) {
      case CONNACK -> connack();
      case PUBREL -> {
        requireConnected(type);
        released();
        return true;
      }
      case PUBACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP -> requireConnected(type);
      case DISCONNECT, AUTH -> requireVersion5(type);
      default ->
          throw InvalidPacketException.forbidden(
              "a packet of type " + type + ", which no broker sends");
    }
    return false;
  }

  private void published(InboundMessage message) {
    if (message.qos() == 2 && received.contains(message)) {
      acknowledgements.reply(Acknowledgements.PUBREC, message.packetId());
    } else {
      handedOver = true;
      listener.arrived(message);
    }
  }

  /** An unknown identifier was received by an earlier process. */
  private void released() throws InvalidPacketException {
    int packetId = PublishParser.packetId(reader);
    received.remove(packetId);
    acknowledgements.reply(Acknowledgements.PUBCOMP, packetId);
  }

  private void connack() throws InvalidPacketException {
    if (connected) {
      throw InvalidPacketException.forbidden("a second CONNACK");
    }
    ConnectAcknowledgement answer = ConnectAcknowledgement.read(reader, version);
    connectAcknowledgement = answer;
    connected = answer.code() == 0;
    if (!answer.sessionPresent()) {
      received.clear();
    }
  }

  /** Empty before CONNACK. For any thread. */
  public Optional<ConnectAcknowledgement> connectAcknowledgement() {
    return Optional.ofNullable(connectAcknowledgement);
  }

  /** What answered instead of MQTT; empty for MQTT or nothing. For any thread. */
  public Optional<ForeignProtocol> foreignProtocol() {
    return Optional.ofNullable(foreignProtocol);
  }

  private void requireConnected(int type) throws InvalidPacketException {
    if (!connected) {
      throw InvalidPacketException.forbidden("a packet of type " + type + " before CONNACK");
    }
  }

  private void requireVersion5(int type) throws InvalidPacketException {
    if (version != MqttVersion.V5) {
      throw InvalidPacketException.forbidden(
          "a packet of type " + type + ", which MQTT 3.1.1 does not have");
    }
  }

  @Override
  public void invalid(InvalidPacketException cause) {
    if (connected && version == MqttVersion.V5) {
      byte[] farewell = {(byte) (DISCONNECT << 4), 1, (byte) cause.reason().code()};
      try {
        acknowledgements.finish(farewell, FAREWELL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    listener.invalid(cause);
  }

  /** Acknowledges a message of QoS 1 or 2. Does not block. Thread-safe. */
  public void acknowledge(InboundMessage message) {
    if (message.qos() == 2) {
      received.add(message);
      acknowledgements.add(Acknowledgements.PUBREC, message.packetId());
    } else {
      acknowledgements.add(Acknowledgements.PUBACK, message.packetId());
    }
  }
}
