// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A device that publishes over MQTT of its own accord. For one thread, {@link #obey} for any. */
interface MqttDevice {

  /** The client id, which no other device has. */
  String name();

  /** The protocol version it speaks. */
  MqttLink.Version version();

  /** How often it reports. */
  Duration interval();

  /**
   * What it has to say at an instant.
   *
   * @param seconds since the plant was switched on
   * @param time of day
   */
  List<Message> report(double seconds, Instant time);

  /** What it publishes first after each connecting. */
  default Optional<Message> birth() {
    return Optional.empty();
  }

  /** What the broker publishes when the device vanishes. */
  default Optional<Message> will() {
    return Optional.empty();
  }

  /** Whether it is within reach of the network at a time. */
  default boolean isReachable(double seconds) {
    return true;
  }

  /** The topic it takes commands from. */
  default Optional<String> commandTopic() {
    return Optional.empty();
  }

  /** Takes a command; one that makes no sense is ignored, as devices do. */
  default void obey(byte[] command) {}
}
