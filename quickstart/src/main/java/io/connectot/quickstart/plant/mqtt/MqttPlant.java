// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.mqtt;

import io.connectot.quickstart.embedded.MqttBroker;
import io.connectot.quickstart.embedded.Ports;
import io.connectot.quickstart.plant.broker.DeviceMessage;
import io.connectot.quickstart.plant.broker.MqttLink;
import io.connectot.quickstart.plant.broker.MqttV3Link;
import io.connectot.quickstart.plant.broker.MqttV5Link;
import io.connectot.quickstart.plant.sparkplug.EdgeNodes;
import io.connectot.quickstart.plant.sparkplug.EdgeStation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * The MQTT part of the plant: a broker on the fixed port of the example configurations, and the
 * devices that publish to it. One device repeatedly loses its connection, one sometimes publishes
 * invalid messages, and one executes commands. The {@link EdgeNodes} speak Sparkplug B.
 */
public final class MqttPlant implements AutoCloseable {
  private static final int PORT = 18830;
  private static final long STEP_MS = 100;
  private static final long STOP_LIMIT_MS = 15_000;

  private final MqttBroker broker;
  private final List<MqttStation> stations;
  private final List<EdgeStation> edges;
  private final Thread clock = new Thread(this::run, "mqtt-plant-clock");
  private final long startNanos = System.nanoTime();

  private MqttPlant(MqttBroker broker) {
    this.broker = broker;
    this.stations =
        List.<MqttDevice>of(
                new RoomSensor("office1", 1, false),
                new RoomSensor("lab1", 2, false),
                new RoomSensor("cleanroom1", 3, true),
                new FeederMeter("feeder1"),
                new Gateway("gateway1"),
                new Vehicle("agv1"),
                new Valve("valve1"))
            .stream()
            .map(device -> new MqttStation(device, link(broker.address(), device)))
            .toList();
    this.edges =
        EdgeNodes.all().stream().map(node -> new EdgeStation(node, broker.address())).toList();
  }

  /**
   * Starts the broker and the devices.
   *
   * @throws IOException if another program uses the broker's port
   */
  public static MqttPlant start() throws IOException {
    if (!Ports.isFree(PORT)) {
      throw new IOException(
          "the MQTT broker of the simulated plant needs the TCP port "
              + PORT
              + ", which another program uses: end it (a second quickstart?) and try again");
    }
    return start(PORT);
  }

  /** Starts the broker and the devices on another port. */
  public static MqttPlant start(int port) throws IOException {
    MqttPlant plant = new MqttPlant(MqttBroker.start(port));
    plant.clock.setDaemon(true);
    plant.clock.start();
    return plant;
  }

  private static MqttLink link(String address, MqttDevice device) {
    return switch (device.version()) {
      case V3 -> new MqttV3Link(address, device.name());
      case V5 -> new MqttV5Link(address, device.name());
    };
  }

  /** Makes the first room sensor send a message that is cut off, with its next report. */
  public void sendBadPayload() {
    stations.get(0).alsoPublish(DeviceMessage.of("acme/munich/rooms/office1/humidity", "{\"val"));
  }

  /** The broker's address, e.g. {@code tcp://127.0.0.1:18830}. */
  public String broker() {
    return broker.address();
  }

  @Override
  public void close() {
    clock.interrupt();
    try {
      clock.join(STOP_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    broker.close();
  }

  private void run() {
    try {
      while (true) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        Instant now = Instant.now();
        stations.forEach(station -> station.step(seconds, now));
        edges.forEach(edge -> edge.step(seconds, now));
        Thread.sleep(STEP_MS);
      }
    } catch (InterruptedException e) {
      // The plant is stopping.
    } finally {
      stations.forEach(MqttStation::close);
      edges.forEach(EdgeStation::close);
    }
  }
}
