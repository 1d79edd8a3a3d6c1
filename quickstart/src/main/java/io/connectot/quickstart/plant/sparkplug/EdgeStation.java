// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.sparkplug;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.quickstart.plant.broker.MqttV3Link;
import io.connectot.sparkplug.codec.MalformedPayloadException;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import java.io.IOException;
import java.time.Instant;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A Sparkplug edge node and its connection, which it opens again when possible. With a primary host
 * application, it sends only while the host is online. For one thread; messages arrive on another.
 */
public final class EdgeStation implements AutoCloseable {
  private static final long TIMEOUT_MS = 5_000;
  private static final double SECONDS_BETWEEN_ATTEMPTS = 1;
  private static final double INTERVAL = 1;
  private static final int MOST_IN_FLIGHT = 1_000;

  private final SimulatedEdgeNode node;
  private final String address;
  private final ObjectMapper json = new ObjectMapper();
  private final PayloadDecoder decoder = new PayloadDecoder();

  /** Null before the first connect, and after the connection ended. */
  private MqttAsyncClient client;

  private SparkplugMessage death;
  private double nextAttempt;
  private long reported = -1;
  private boolean born;

  // Written by the thread of the library.
  private volatile boolean hostOnline;
  private volatile boolean rebirth;

  public EdgeStation(SimulatedEdgeNode node, String address) {
    this.node = node;
    this.address = address;
  }

  /** Performs the next step: connects, sends or stores values, or loses its network. */
  public void step(double seconds, Instant time) {
    if (!node.isReachable(seconds)) {
      end(false);
    } else {
      try {
        send(seconds, time);
        return;
      } catch (MqttException e) {
        // As a real edge node, stores the values and connects again.
        end(false);
      }
    }
    if (isDue(seconds)) {
      node.store(seconds, time);
    }
  }

  private void send(double seconds, Instant time) throws MqttException {
    if ((client == null || !client.isConnected()) && seconds >= nextAttempt) {
      nextAttempt = seconds + SECONDS_BETWEEN_ATTEMPTS;
      connect(time);
    }
    boolean connected = client != null && client.isConnected();
    boolean host = node.stateTopic().isEmpty() || hostOnline;
    if (connected && born && !host) {
      publishDeath();
      end(true);
      connected = false;
    }
    if (connected && host && (!born || rebirth)) {
      rebirth = false;
      for (SparkplugMessage message : node.births(seconds, time)) {
        publish(message);
      }
      born = true;
    }
    if (isDue(seconds)) {
      if (connected && born) {
        publish(node.data(seconds, time));
      } else {
        node.store(seconds, time);
      }
    }
  }

  private boolean isDue(double seconds) {
    long turn = (long) (seconds / INTERVAL);
    boolean due = turn != reported;
    reported = turn;
    return due;
  }

  private void connect(Instant time) throws MqttException {
    end(false);
    hostOnline = false;
    death = node.death(time);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setMaxInflight(MOST_IN_FLIGHT);
    options.setWill(death.topic(), death.payload(), 1, false);
    client = new MqttAsyncClient(address, node.clientId(), new MemoryPersistence());
    client.connect(options).waitForCompletion(TIMEOUT_MS);
    client
        .subscribe(node.commandTopic(), 1, (topic, message) -> command(message.getPayload()))
        .waitForCompletion(TIMEOUT_MS);
    if (node.stateTopic().isPresent()) {
      client
          .subscribe(node.stateTopic().get(), 1, (topic, message) -> state(message))
          .waitForCompletion(TIMEOUT_MS);
    }
  }

  private void state(MqttMessage message) throws IOException {
    JsonNode state = json.readTree(message.getPayload());
    hostOnline = state.path("online").asBoolean();
  }

  private void command(byte[] payload) throws MalformedPayloadException {
    if (decoder.decode(payload).metrics().stream()
        .anyMatch(
            metric ->
                SimulatedEdgeNode.REBIRTH.equals(metric.name())
                    && BooleanValue.TRUE.equals(metric.value()))) {
      rebirth = true;
    }
  }

  private void publish(SparkplugMessage message) throws MqttException {
    client.publish(message.topic(), message.payload(), 0, false);
  }

  /** Waits until it is sent: the client drops what waits when it disconnects. */
  private void publishDeath() throws MqttException {
    client.publish(death.topic(), death.payload(), 0, false).waitForCompletion(TIMEOUT_MS);
  }

  @Override
  public void close() {
    if (client != null && client.isConnected() && born) {
      try {
        publishDeath();
      } catch (MqttException e) {
        // The broker publishes the will.
      }
    }
    end(true);
  }

  private void end(boolean goodbye) {
    born = false;
    if (client != null) {
      MqttV3Link.end(client, goodbye);
      client = null;
    }
  }
}
