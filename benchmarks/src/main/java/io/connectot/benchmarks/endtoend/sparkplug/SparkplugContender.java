// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.sparkplug;

import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.ConnectorTuning;
import io.connectot.benchmarks.endtoend.mqtt.MqttContender;
import io.connectot.benchmarks.endtoend.mqtt.MqttRig;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** A measured program: it writes a measurement for each metric of a group to Kafka. */
enum SparkplugContender {
  BARE("Paho + generated protobuf + producer", false, ConnectorTuning.NONE),
  CONNECTOR("connector", true, ConnectorTuning.NONE),
  CONNECTOR_CONVERTERS("connector", true, ConnectorTuning.CONVERTERS),
  BARE_RECOMMENDED("Paho + generated protobuf + producer", false, ConnectorTuning.RECOMMENDED),
  CONNECTOR_RECOMMENDED("connector", true, ConnectorTuning.RECOMMENDED);

  private final String title;
  private final boolean isConnector;
  private final ConnectorTuning tuning;

  SparkplugContender(String title, boolean isConnector, ConnectorTuning tuning) {
    this.title = title + tuning.title();
    this.isConnector = isConnector;
    this.tuning = tuning;
  }

  String title() {
    return title;
  }

  boolean isConnector() {
    return isConnector;
  }

  /**
   * Starts the contender.
   *
   * @param name of its files, and the group of the edge nodes
   * @param topic the topic of the records, which exists already
   */
  MqttContender.Running start(MqttRig rig, String name, String topic) throws IOException {
    if (isConnector) {
      return startConnector(rig, name, topic, tuning.settings());
    }
    ChildJvm process =
        rig.startMeasured(
            BareSparkplug.class,
            name,
            rig.mosquitto().url(),
            name,
            rig.broker().greeting(),
            topic,
            tuning.name());
    return MqttContender.running(process);
  }

  /** Starts a worker with a connector that reads the group {@code name}. */
  static MqttContender.Running startConnector(
      MqttRig rig, String name, String topic, Map<String, String> settings) throws IOException {
    WorkerProcess worker = rig.startWorker(name);
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.sparkplug.SparkplugSourceConnector");
    config.put("tasks.max", "1");
    config.put("mqtt.brokers", rig.mosquitto().url());
    config.put("mqtt.version", "3");
    config.put("sparkplug.host.id", name);
    config.put("sparkplug.groups", name);
    config.put("topic", topic);
    config.put("uns.path", "bench");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.putAll(settings);
    worker.rest().put(name, config).expectSuccess();
    Awaitility.await(name + " to run").until(() -> worker.rest().status(name).isRunning(1));
    return MqttContender.running(worker);
  }
}
