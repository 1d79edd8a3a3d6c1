// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.broker;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A connection with MQTT 5. */
public final class MqttV5Link implements MqttLink {
  private static final long TIMEOUT_MS = 5_000;

  private final String address;
  private final String clientId;

  /** Null before the first connect, and after the connection ended. */
  private MqttAsyncClient client;

  public MqttV5Link(String address, String clientId) {
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
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    will.ifPresent(message -> options.setWill(message.topic(), paho(message)));
    try {
      client = new MqttAsyncClient(address, clientId, new MemoryPersistence());
      client.setCallback(new Commands(commands));
      client.connect(options).waitForCompletion(TIMEOUT_MS);
      if (commandTopic.isPresent()) {
        client.subscribe(commandTopic.get(), 1).waitForCompletion(TIMEOUT_MS);
      }
    } catch (MqttException e) {
      cut();
      throw new IOException(clientId + " cannot connect to " + address, e);
    }
  }

  @Override
  public void publish(DeviceMessage message) throws IOException {
    try {
      client.publish(message.topic(), paho(message));
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
    if (client == null) {
      return;
    }
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
    client = null;
  }

  private static MqttMessage paho(DeviceMessage message) {
    return new MqttMessage(
        message.bytes(), message.qos(), message.retained(), new MqttProperties());
  }

  private record Commands(Consumer<byte[]> taker) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      taker.accept(message.getPayload());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
