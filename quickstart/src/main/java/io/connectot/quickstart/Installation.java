// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import io.connectot.quickstart.breakit.BreakIt;
import io.connectot.quickstart.breakit.BreakItExtension;
import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.embedded.ConnectWorker;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import io.connectot.quickstart.plant.ModbusPlant;
import io.connectot.quickstart.plant.OpcUaPlant;
import io.connectot.quickstart.plant.mqtt.MqttPlant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The plant, Kafka and a worker with the plugin. Nothing of an earlier run is kept: it deletes
 * Kafka's data when it starts and when it ends. For one thread.
 */
final class Installation implements AutoCloseable {
  private static final int KAFKA_PORT = 9092;
  private static final int REST_PORT = 8083;
  private static final String DATA = "kafka";

  private final QuickstartOptions options;
  private final Consumer<String> progress;
  private final Consumer<String> stopping;
  private final int kafkaPort = preferred(KAFKA_PORT);
  private final int restPort = preferred(REST_PORT);

  /** What has been started, the last first. */
  private final Deque<Part> parts = new ArrayDeque<>();

  private ModbusPlant plant;
  private MqttPlant mqttPlant;
  private OpcUaPlant opcUaPlant;
  private PluginFolder plugins;
  private KafkaNode kafka;
  private ConnectWorker worker;

  private record Part(String name, Runnable close) {}

  /**
   * Nothing runs yet.
   *
   * @param progress receives a line for each part that runs
   * @param stopping receives the name of each part before it is stopped
   */
  Installation(QuickstartOptions options, Consumer<String> progress, Consumer<String> stopping) {
    this.options = options;
    this.progress = progress;
    this.stopping = stopping;
  }

  private static int preferred(int port) {
    return Ports.isFree(port) ? port : Ports.free();
  }

  /** The address of the page, which answers when the worker is ready. */
  String page() {
    return "http://127.0.0.1:" + restPort + "/ot/";
  }

  /**
   * Starts everything; the worker answers some moments later.
   *
   * @throws IOException if a port of the plant is in use, before anything is deleted
   */
  void start() throws IOException {
    plant = ModbusPlant.start();
    parts.push(new Part("the Modbus devices", plant::close));
    mqttPlant = MqttPlant.start();
    parts.push(new Part("the MQTT broker and its devices", mqttPlant::close));
    opcUaPlant = OpcUaPlant.start();
    parts.push(new Part("the OPC UA server", opcUaPlant::close));
    progress.accept("the simulated plant runs");
    deleteEarlierRuns();
    plugins = PluginFolder.unpack(options.plugin(), options.directory().resolve("plugins"));
    kafka = new KafkaNode(options.directory().resolve(DATA), kafkaPort);
    parts.push(new Part("Kafka", this::endKafka));
    kafka.start();
    progress.accept("Kafka runs");
    BreakItExtension.plant(new BreakIt(plant, mqttPlant, opcUaPlant));
    worker =
        new ConnectWorker(
            kafka.bootstrapServers(),
            plugins,
            restPort,
            Map.of(BreakItExtension.class.getName(), "Break it=" + BreakItExtension.PAGE));
    parts.push(new Part("the connectors and their worker", worker::close));
    progress.accept("the Connect worker is starting");
  }

  private void deleteEarlierRuns() throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(options.directory())) {
      found = files.filter(file -> file.getFileName().toString().startsWith(DATA)).toList();
    }
    for (Path folder : found) {
      PluginFolder.delete(folder);
    }
    if (!found.isEmpty()) {
      progress.accept("the data of an earlier run is deleted");
    }
  }

  private void endKafka() {
    kafka.close();
    try {
      PluginFolder.delete(options.directory().resolve(DATA));
    } catch (IOException e) {
      // The next start deletes it.
    }
  }

  ModbusPlant plant() {
    return plant;
  }

  MqttPlant mqttPlant() {
    return mqttPlant;
  }

  OpcUaPlant opcUaPlant() {
    return opcUaPlant;
  }

  PluginFolder plugins() {
    return plugins;
  }

  /** Kafka's address. */
  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The worker's REST API. */
  ConnectRest rest() {
    return worker.rest();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      stopping.accept(part.name());
      try {
        part.close().run();
      } catch (RuntimeException e) {
        progress.accept(part.name() + " did not stop well: " + e);
      }
    }
  }
}
