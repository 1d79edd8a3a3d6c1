// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A device that publishes MQTT messages. For one thread, except {@link #obey}, which is
 * thread-safe.
 */
interface MqttDevice {

  /** The client id, unique among the devices. */
  String name();

  /** The protocol version of the device. */
  MqttLink.Version version();

  /** The interval between reports. */
  Duration interval();

  /**
   * The messages of the device at an instant.
   *
   * @param seconds since the plant was started
   * @param time time of day
   */
  List<DeviceMessage> report(double seconds, Instant time);

  /** The first messages after every connect. */
  default Optional<DeviceMessage> birth() {
    return Optional.empty();
  }

  /** The will of the device. */
  default Optional<DeviceMessage> will() {
    return Optional.empty();
  }

  /** Whether the device has network coverage at a time. */
  default boolean isReachable(double seconds) {
    return true;
  }

  /** The topic of the device's commands. */
  default Optional<String> commandTopic() {
    return Optional.empty();
  }

  /** Executes a command; invalid commands are ignored, as devices do. */
  default void obey(byte[] command) {}
}
