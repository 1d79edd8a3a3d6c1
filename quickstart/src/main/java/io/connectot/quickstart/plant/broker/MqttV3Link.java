// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.broker;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A connection with MQTT 3.1.1. */
public final class MqttV3Link implements MqttLink {
  private static final long TIMEOUT_MS = 5_000;

  /** More messages than a device sends before the broker responds; the library's default is 10. */
  private static final int MOST_IN_FLIGHT = 1_000;

  private final String address;
  private final String clientId;

  /** Null before the first connect, and after the connection ended. */
  private MqttAsyncClient client;

  public MqttV3Link(String address, String clientId) {
    this.address = address;
    this.clientId = clientId;
  }

  @Override
  public boolean isConnected() {
    return client != null && client.isConnected();
  }

  @Override
  public void connect(
      Optional<DeviceMessage> will, Optional<String> commandTopic, Consumer<byte[]> commands)
      throws IOException {
    cut();
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setMaxInflight(MOST_IN_FLIGHT);
    will.ifPresent(
        message ->
            options.setWill(message.topic(), message.bytes(), message.qos(), message.retained()));
    try {
      client = new MqttAsyncClient(address, clientId, new MemoryPersistence());
      client.connect(options).waitForCompletion(TIMEOUT_MS);
      if (commandTopic.isPresent()) {
        client
            .subscribe(
                commandTopic.get(), 1, (topic, message) -> commands.accept(message.getPayload()))
            .waitForCompletion(TIMEOUT_MS);
      }
    } catch (MqttException e) {
      cut();
      throw new IOException(clientId + " cannot connect to " + address, e);
    }
  }

  @Override
  public void publish(DeviceMessage message) throws IOException {
    try {
      client.publish(message.topic(), message.bytes(), message.qos(), message.retained());
    } catch (MqttException e) {
      throw new IOException(clientId + " cannot publish to " + message.topic(), e);
    }
  }

  @Override
  public void cut() {
    end(false);
  }

  @Override
  public void close() {
    end(true);
  }

  private void end(boolean goodbye) {
    if (client != null) {
      end(client, goodbye);
      client = null;
    }
  }

  /** Ends a client for good, with a DISCONNECT or without. */
  public static void end(MqttAsyncClient client, boolean goodbye) {
    try {
      if (goodbye && client.isConnected()) {
        client.disconnect().waitForCompletion(TIMEOUT_MS);
      } else {
        client.disconnectForcibly(0, 0, false);
      }
    } catch (MqttException e) {
      // It was no longer connected.
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      // Its threads end by themselves.
    }
  }
}
