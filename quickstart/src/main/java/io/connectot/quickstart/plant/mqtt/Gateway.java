// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import io.connectot.quickstart.plant.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A gateway for older machines, which publishes plain numbers; the topic {@code
 * site/area/device/tag} identifies them. It uses MQTT 3.1.1.
 */
final class Gateway implements MqttDevice {
  private final String name;
  private final Signal speed = Signal.ramp(0.2, 1.4, 50).noisy(0.02, 81);
  private final Signal current = Signal.ramp(3, 11, 50).noisy(0.2, 82);
  private final Signal cycles = Signal.counter(48_000, 7);

  Gateway(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public MqttLink.Version version() {
    return MqttLink.Version.V3;
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<DeviceMessage> report(double seconds, Instant time) {
    return List.of(
        message("conveyor1/speed", "%.2f", speed.at(seconds)),
        message("conveyor1/current", "%.1f", current.at(seconds)),
        message("robot1/cycles", "%.0f", cycles.at(seconds)));
  }

  private static DeviceMessage message(String deviceAndTag, String format, double value) {
    return DeviceMessage.of(
        "munich/packaging/" + deviceAndTag, String.format(Locale.ROOT, format, value));
  }
}
