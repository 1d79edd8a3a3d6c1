// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import io.connectot.quickstart.plant.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A climate sensor of a room, which publishes JSON with time and unit to one topic per quantity.
 * One model is faulty and sometimes sends truncated messages.
 */
final class RoomSensor implements MqttDevice {
  private static final String TOPIC = "acme/munich/rooms/";
  private static final int REPORTS_PER_FAULT = 10;
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final String name;
  private final boolean faulty;
  private final Signal temperature;
  private final Signal humidity;

  /**
   * @param seed rooms of different seeds have different climates
   */
  RoomSensor(String name, int seed, boolean faulty) {
    this.name = name;
    this.faulty = faulty;
    this.temperature = Signal.drift(20 + seed, 1.5, 300 + 40 * seed).noisy(0.05, 50 + seed);
    this.humidity = Signal.drift(45 - 3 * seed, 4, 400 + 30 * seed).noisy(0.3, 60 + seed);
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
    return INTERVAL;
  }

  @Override
  public List<DeviceMessage> report(double seconds, Instant time) {
    List<DeviceMessage> messages = new ArrayList<>();
    messages.add(message("temperature", ValueJson.json(time, temperature.at(seconds), "°C")));
    messages.add(message("humidity", ValueJson.json(time, humidity.at(seconds), "%")));
    long turn = (long) (seconds / INTERVAL.toSeconds());
    if (faulty && turn % REPORTS_PER_FAULT == REPORTS_PER_FAULT - 1) {
      messages.add(message("humidity", "{\"time\":\"" + time + "\",\"val"));
    }
    return messages;
  }

  private DeviceMessage message(String tag, String payload) {
    return DeviceMessage.of(TOPIC + name + "/" + tag, payload);
  }
}
