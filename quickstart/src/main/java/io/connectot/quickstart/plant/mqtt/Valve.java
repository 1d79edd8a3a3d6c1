// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * A control valve: it moves to the position of a command, {@code {"position": 42.5}} in percent,
 * and then reports its position. Without a command it sends nothing.
 */
final class Valve implements MqttDevice {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_COMMANDS_WAITING = 100;

  private final String name;
  private final Queue<Double> commands = new ArrayBlockingQueue<>(MOST_COMMANDS_WAITING);

  Valve(String name) {
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
    return Duration.ofMillis(100);
  }

  @Override
  public Optional<String> commandTopic() {
    return Optional.of("acme/munich/valves/" + name + "/set");
  }

  @Override
  public void obey(byte[] command) {
    try {
      JsonNode position = JSON.readTree(command).path("position");
      double percent = position.asDouble(-1);
      if (position.isNumber() && percent >= 0 && percent <= 100) {
        commands.offer(percent);
      }
    } catch (IOException e) {
      // Not a command of the valve.
    }
  }

  @Override
  public List<DeviceMessage> report(double seconds, Instant time) {
    List<DeviceMessage> messages = new ArrayList<>();
    for (Double command = commands.poll(); command != null; command = commands.poll()) {
      messages.add(
          DeviceMessage.of(
              "acme/munich/valves/" + name + "/position", ValueJson.json(time, command, "%")));
    }
    return messages;
  }
}
