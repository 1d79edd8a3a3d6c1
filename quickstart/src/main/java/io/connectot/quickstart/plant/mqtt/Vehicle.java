// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import io.connectot.quickstart.plant.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An automated guided vehicle that repeatedly loses its radio connection. Only the will, which the
 * broker publishes, reports the loss.
 */
final class Vehicle implements MqttDevice {
  /** Until then it has coverage, so that connectors can start even on a slow machine. */
  private static final double CALM_SECONDS = 60;

  private static final double PERIOD_SECONDS = 30;
  private static final double OUT_OF_REACH_SECONDS = 10;

  private final String name;
  private final Signal battery = Signal.ramp(100, 20, 600);

  Vehicle(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public MqttLink.Version version() {
    return MqttLink.Version.V5;
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(2);
  }

  @Override
  public List<DeviceMessage> report(double seconds, Instant time) {
    return List.of(
        DeviceMessage.of(topic("battery"), ValueJson.json(time, battery.at(seconds), "%")));
  }

  @Override
  public Optional<DeviceMessage> birth() {
    return Optional.of(status("ONLINE"));
  }

  @Override
  public Optional<DeviceMessage> will() {
    return Optional.of(status("OFFLINE"));
  }

  @Override
  public boolean isReachable(double seconds) {
    return seconds < CALM_SECONDS
        || seconds % PERIOD_SECONDS < PERIOD_SECONDS - OUT_OF_REACH_SECONDS;
  }

  /** Without a time, because a will is written long before it is published. */
  private DeviceMessage status(String status) {
    return new DeviceMessage(topic("status"), "{\"value\":\"" + status + "\"}", 1, true);
  }

  private String topic(String tag) {
    return "acme/munich/vehicles/" + name + "/" + tag;
  }
}
