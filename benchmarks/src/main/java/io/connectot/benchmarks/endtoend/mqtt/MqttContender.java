// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.mqtt;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** A measured program: it sends all messages below a topic to Kafka and then acknowledges them. */
public enum MqttContender {
  BARE_V3("Paho + producer, MQTT 3.1.1", "3", MqttPayload.BYTES),
  CONNECTOR_V3("connector, MQTT 3.1.1", "3", MqttPayload.BYTES, ConnectorTuning.NONE),
  BARE_V5("Paho + producer, MQTT 5", "5", MqttPayload.BYTES),
  CONNECTOR_V5("connector, MQTT 5", "5", MqttPayload.BYTES, ConnectorTuning.NONE),
  BARE_JSON("Paho + producer, JSON to measurement", "5", MqttPayload.JSON),
  CONNECTOR_JSON("connector, JSON to measurement", "5", MqttPayload.JSON, ConnectorTuning.NONE),
  CONNECTOR_JSON_CONVERTERS(
      "connector, JSON to measurement", "5", MqttPayload.JSON, ConnectorTuning.CONVERTERS),
  CONNECTOR_JSON_RECOMMENDED(
      "connector, JSON to measurement", "5", MqttPayload.JSON, ConnectorTuning.RECOMMENDED);

  private final String title;
  private final String version;
  private final MqttPayload payload;

  /** Null for a bare program. */
  private final ConnectorTuning tuning;

  MqttContender(String title, String version, MqttPayload payload) {
    this.title = title;
    this.version = version;
    this.payload = payload;
    this.tuning = null;
  }

  MqttContender(String title, String version, MqttPayload payload, ConnectorTuning tuning) {
    this.title = title + tuning.title();
    this.version = version;
    this.payload = payload;
    this.tuning = tuning;
  }

  /** What the messages contain. */
  public MqttPayload payload() {
    return payload;
  }

  public boolean isConnector() {
    return tuning != null;
  }

  public String title() {
    return title;
  }

  /** A running process. For one thread. */
  public interface Running extends AutoCloseable {
    long pid();

    /** Bytes of heap in use after a collection. */
    long liveHeap() throws IOException;

    @Override
    void close();
  }

  /**
   * Starts the contender.
   *
   * @param name the name of its files, and the root of the MQTT topics
   * @param topic the topic of the records, which exists already
   */
  public Running start(MqttRig rig, String name, String topic) throws IOException {
    return tuning != null ? startConnector(rig, name, topic) : startBare(rig, name, topic);
  }

  private Running startBare(MqttRig rig, String name, String topic) throws IOException {
    ChildJvm process =
        rig.startMeasured(
            BareMqtt.class,
            name,
            version,
            rig.mosquitto().url(),
            name,
            rig.broker().greeting(),
            topic,
            payload.name());
    return running(process);
  }

  private Running startConnector(MqttRig rig, String name, String topic) throws IOException {
    WorkerProcess worker = rig.startWorker(name);
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.mqtt.MqttSourceConnector");
    config.put("tasks.max", "1");
    config.put("mqtt.brokers", rig.mosquitto().url());
    config.put("mqtt.version", version);
    config.put("topic", topic);
    config.put("subscriptions.all", name + "/# qos=1 " + payload.format());
    config.putAll(payload.settings());
    config.putAll(tuning.settings());
    worker.rest().put(name, config).expectSuccess();
    Awaitility.await(name + " to run").until(() -> worker.rest().status(name).isRunning(1));
    return running(worker);
  }

  /** A program that answers with its live heap. */
  public static Running running(ChildJvm process) {
    return new Running() {
      @Override
      public long pid() {
        return process.pid();
      }

      @Override
      public long liveHeap() throws IOException {
        return Long.parseLong(process.ask());
      }

      @Override
      public void close() {
        process.close();
      }
    };
  }

  /** A worker with a connector. */
  public static Running running(WorkerProcess worker) {
    return new Running() {
      @Override
      public long pid() {
        return worker.pid();
      }

      @Override
      public long liveHeap() {
        try (WorkerJmx jmx = worker.jmx()) {
          return jmx.heapUsedAfterCollection();
        }
      }

      @Override
      public void close() {
        worker.close();
      }
    };
  }
}
