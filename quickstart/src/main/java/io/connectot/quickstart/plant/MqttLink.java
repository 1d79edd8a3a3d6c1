// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** A device's connection to the broker, which can be made again after it ended. For one thread. */
interface MqttLink extends AutoCloseable {

  /** The protocol version that a device speaks. */
  enum Version {
    /** MQTT 3.1.1. */
    V3,
    /** MQTT 5. */
    V5
  }

  boolean isConnected();

  /**
   * Connects with a clean session and returns when commands can arrive.
   *
   * @param will what the broker publishes when the connection ends without a goodbye
   * @param commandTopic what to subscribe to
   * @param commands takes the payloads, on a thread of the library
   */
  void connect(Optional<Message> will, Optional<String> commandTopic, Consumer<byte[]> commands)
      throws IOException;

  /** Sends a message without waiting for the broker's consent. */
  void publish(Message message) throws IOException;

  /** Ends the connection without a goodbye, as a device out of reach does. */
  void cut();

  /** Ends the connection properly; no will is published. */
  @Override
  void close();
}
