// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.opcua.OpcUaSetup;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A minimal configuration of every connector of the archive, for tests that run all of them on one
 * worker. A new connector gets a line in {@link #all}.
 *
 * @param name the name of the connector
 * @param config its configuration
 * @param metric a counter of its task that increases once it delivers
 */
public record EveryConnector(String name, Map<String, String> config, String metric) {

  /** The Kafka topic that the sink of a run reads. */
  public static String commands(String run) {
    return run + ".commands";
  }

  /** Writes a command for the sink of a run. */
  static void command(String bootstrapServers, String run, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(commands(run), "valve1", value)).get();
    }
  }

  /** The Kafka topics of the sources of a run, which have their own devices and brokers. */
  public static List<String> topics(String run) {
    return List.of(
        run + ".modbus", run + ".mqtt", run + ".opcua", run + ".plc4x", run + ".sparkplug");
  }

  /**
   * All connectors. The only input is a record in {@link #commands}, which the sink publishes and
   * the MQTT source reads.
   *
   * @param run makes names and topics unique for this run
   * @param device a Modbus device
   * @param mqttBroker its URL
   * @param plant a server whose counters count
   */
  public static List<EveryConnector> all(
      String run, FaultyDevice device, String mqttBroker, PlantServer plant) {
    List<EveryConnector> all =
        List.of(
            new EveryConnector(run + "-modbus", modbus(run, device), "record-delivered-total"),
            new EveryConnector(run + "-sink", sink(run, mqttBroker), "message-published-total"),
            new EveryConnector(run + "-mqtt", mqtt(run, mqttBroker), "message-acknowledged-total"),
            new EveryConnector(run + "-opcua", opcua(run, plant), "record-delivered-total"),
            new EveryConnector(run + "-plc4x", plc4x(run), "record-delivered-total"),
            new EveryConnector(
                run + "-sparkplug", sparkplug(run, mqttBroker), "record-delivered-total"));
    // The time limit of the connection test is too short for a busy machine.
    all.forEach(connector -> connector.config().put("validate.connection", "false"));
    return all;
  }

  private static Map<String, String> modbus(String run, FaultyDevice device) {
    Map<String, String> config = ModbusSetup.connector(run + ".modbus", List.of(device));
    config.put("gap.topic", run + ".modbus.gaps");
    ModbusSetup.addPattern(config, List.of(device), 0, 1);
    return config;
  }

  private static Map<String, String> opcua(String run, PlantServer plant) {
    Map<String, String> config = OpcUaSetup.connector(run + ".opcua", plant.url());
    config.remove("status.topic");
    config.remove("gap.topic");
    config.put("tags.count", PlantServer.address(Counters.id(0)));
    // The other sources use the converters of Kafka.
    config.put("key.converter", "io.connectot.converters.JsonConverter");
    config.put("key.converter.schemas.enable", "false");
    config.put("value.converter", "io.connectot.converters.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.put("header.converter", "io.connectot.converters.HeaderConverter");
    return config;
  }

  private static Map<String, String> plc4x(String run) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.plc4x.Plc4xSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", run + ".plc4x");
    config.put("gap.topic", run + ".plc4x.gaps");
    config.put("poll.interval.ms", "200");
    config.put("report", "all");
    config.put("devices.sim", "simulated://sim");
    config.put("tags.torque", "RANDOM/torque:INT");
    return config;
  }

  private static Map<String, String> mqtt(String run, String broker) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.mqtt.MqttSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", run + ".mqtt");
    config.put("mqtt.brokers", broker);
    config.put("subscriptions.valves", run + "/+ qos=1 format=string");
    return config;
  }

  /** Its topic gets the status of the host, which no edge node is needed for. */
  private static Map<String, String> sparkplug(String run, String broker) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.sparkplug.SparkplugSourceConnector");
    config.put("tasks.max", "1");
    config.put("topic", run + ".sparkplug.values");
    config.put("status.topic", run + ".sparkplug");
    config.put("gap.topic", run + ".sparkplug.gaps");
    config.put("mqtt.brokers", broker);
    config.put("sparkplug.host.id", run);
    config.put("sparkplug.role", "primary");
    config.put("sparkplug.groups", run);
    return config;
  }

  private static Map<String, String> sink(String run, String broker) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.mqtt.MqttSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", commands(run));
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("mqtt.brokers", broker);
    config.put("mqtt.topic", run + "/${key}");
    // A retained message, which the source receives regardless of the order in which the two start.
    config.put("mqtt.retain", "true");
    return config;
  }
}
