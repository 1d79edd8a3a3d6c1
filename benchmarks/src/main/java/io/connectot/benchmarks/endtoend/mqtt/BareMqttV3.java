// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** MQTT 3.1.1 for {@link BareMqtt}. */
final class BareMqttV3 {
  private BareMqttV3() {}

  /** Connects with a persistent session, and subscribes to everything below a topic. */
  static void subscribe(BareMqtt program, String broker, String root) throws MqttException {
    MqttAsyncClient client = new MqttAsyncClient(broker, root, new MemoryPersistence());
    client.setManualAcks(true);
    client.setCallback(
        new MqttCallback() {
          @Override
          public void messageArrived(String topic, MqttMessage message) {
            int id = message.getId();
            program.take(topic, message.getPayload(), () -> client.messageArrivedComplete(id, 1));
          }

          @Override
          public void connectionLost(Throwable cause) {
            BareMqtt.exit(cause);
          }

          @Override
          public void deliveryComplete(IMqttDeliveryToken token) {}
        });
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    client.connect(options).waitForCompletion();
    client.subscribe(root + "/#", 1).waitForCompletion();
  }
}
