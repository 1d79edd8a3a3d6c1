// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.quickstart.embedded.MqttBroker;
import io.connectot.quickstart.embedded.Ports;
import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import io.connectot.quickstart.plant.broker.MqttV3Link;
import io.connectot.quickstart.plant.broker.MqttV5Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the devices and the real broker together. */
class MqttPlantTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Map<String, String> seen = new ConcurrentHashMap<>();

  @Test
  void everyDevicePublishesAndTheValveObeys() throws Exception {
    try (MqttPlant plant = MqttPlant.start(Ports.free());
        Observer observer = new Observer(plant.broker())) {
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .containsKeys(
                          "acme/munich/rooms/office1/temperature",
                          "acme/munich/rooms/lab1/humidity",
                          "acme/munich/rooms/cleanroom1/temperature",
                          "acme/munich/feeders/feeder1",
                          "munich/packaging/robot1/cycles",
                          "acme/munich/vehicles/agv1/battery",
                          "acme/munich/vehicles/agv1/status"));

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                // Repeated, because the valve may not have subscribed yet.
                observer.publish("acme/munich/valves/valve1/set", "{\"position\":37}");
                assertThat(seen.getOrDefault("acme/munich/valves/valve1/position", ""))
                    .contains("\"value\":37.00");
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokerPublishesTheWillOfADeviceThatVanishes(MqttLink.Version version) throws Exception {
    MqttDevice device = new Vehicle("agv1");
    try (MqttBroker broker = MqttBroker.start(Ports.free());
        Observer observer = new Observer(broker.address());
        MqttLink link =
            version == MqttLink.Version.V3
                ? new MqttV3Link(broker.address(), "agv1")
                : new MqttV5Link(broker.address(), "agv1")) {
      link.connect(device.will(), Optional.empty(), command -> {});
      link.publish(device.birth().orElseThrow());
      awaitStatus("ONLINE");

      link.cut();
      awaitStatus("OFFLINE");

      link.connect(device.will(), Optional.empty(), command -> {});
      device.report(0, Instant.EPOCH).forEach(message -> publish(link, message));
      await().atMost(LIMIT).until(() -> seen.containsKey("acme/munich/vehicles/agv1/battery"));
      assertThat(observer.client.isConnected()).isTrue();
    }
  }

  private void awaitStatus(String status) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(seen.getOrDefault("acme/munich/vehicles/agv1/status", ""))
                    .contains(status));
  }

  private static void publish(MqttLink link, DeviceMessage message) {
    try {
      link.publish(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Subscribes to everything. */
  private final class Observer implements AutoCloseable {
    private final MqttClient client;

    Observer(String address) throws MqttException {
      client = new MqttClient(address, "observer", new MemoryPersistence());
      client.setTimeToWait(LIMIT.toMillis());
      client.connect();
      client.subscribe(
          "#",
          1,
          (topic, message) ->
              seen.put(topic, new String(message.getPayload(), StandardCharsets.UTF_8)));
    }

    void publish(String topic, String payload) throws MqttException {
      client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    @Override
    public void close() throws MqttException {
      client.disconnectForcibly(0, 0, false);
      client.close(true);
    }
  }
}
