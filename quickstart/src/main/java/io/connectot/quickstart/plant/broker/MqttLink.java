// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.broker;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A device's connection to the broker, which can be opened again after it ended. For one thread.
 */
public interface MqttLink extends AutoCloseable {

  /** The protocol version of a device. */
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
   * @param will the will of the connection
   * @param commandTopic the topic to subscribe to
   * @param commands receives the payloads on a thread of the library
   */
  void connect(
      Optional<DeviceMessage> will, Optional<String> commandTopic, Consumer<byte[]> commands)
      throws IOException;

  /** Sends a message without waiting for the broker's acknowledgement. */
  void publish(DeviceMessage message) throws IOException;

  /** Closes the connection without DISCONNECT, as a device that loses coverage. */
  void cut();

  /** Disconnects; the broker does not publish the will. */
  @Override
  void close();
}
