// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import io.connectot.quickstart.plant.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;

/** A meter that samples twice per second and sends the samples in one array. */
final class FeederMeter implements MqttDevice {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int SAMPLES = 4;

  private final String name;
  private final Signal power = Signal.ramp(35, 160, 80).noisy(2, 71);
  private final Signal reactivePower = Signal.drift(22, 6, 95).noisy(0.5, 72);

  FeederMeter(String name) {
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
    return INTERVAL;
  }

  @Override
  public List<DeviceMessage> report(double seconds, Instant time) {
    long stepMillis = INTERVAL.toMillis() / SAMPLES;
    StringJoiner samples = new StringJoiner(",", "{\"samples\":[", "]}");
    for (int age = SAMPLES - 1; age >= 0; age--) {
      Instant then = time.minusMillis(age * stepMillis);
      double secondsThen = Math.max(0, seconds - age * stepMillis / 1e3);
      samples.add(ValueJson.json(then, "power", power.at(secondsThen), "kW"));
      samples.add(ValueJson.json(then, "reactive_power", reactivePower.at(secondsThen), "kvar"));
    }
    return List.of(DeviceMessage.of("acme/munich/feeders/" + name, samples.toString()));
  }
}
