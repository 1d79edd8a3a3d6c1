// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** MQTT 5 for {@link BareMqtt}. */
final class BareMqttV5 {
  private static final long SESSION_SECONDS = 3_600;

  private BareMqttV5() {}

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
          public void disconnected(MqttDisconnectResponse response) {
            BareMqtt.exit(response.getException());
          }

          @Override
          public void mqttErrorOccurred(MqttException exception) {
            BareMqtt.exit(exception);
          }

          @Override
          public void deliveryComplete(IMqttToken token) {}

          @Override
          public void connectComplete(boolean reconnect, String serverUri) {}

          @Override
          public void authPacketArrived(int reasonCode, MqttProperties properties) {}
        });
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(SESSION_SECONDS);
    options.setReceiveMaximum(MosquittoProcess.WINDOW);
    client.connect(options).waitForCompletion();
    client.subscribe(root + "/#", 1).waitForCompletion();
  }
}
