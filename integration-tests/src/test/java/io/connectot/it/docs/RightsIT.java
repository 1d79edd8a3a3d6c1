// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.EveryConnector;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All connectors run on a Kafka that allows the worker's user nothing but what the page about
 * operations lists.
 */
@Tag("full")
class RightsIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration COUNT = Duration.ofMillis(200);
  private static final String RUN = "plant";
  private static final Path DIRECTORY =
      Path.of("target", "rights", Long.toString(ProcessHandle.current().pid()));

  private static final Map<String, String> LOGIN =
      Map.of(
          "security.protocol", "SASL_PLAINTEXT",
          "sasl.mechanism", "PLAIN",
          "sasl.jaas.config",
              "org.apache.kafka.common.security.plain.PlainLoginModule required"
                  + " username=\"connect\" password=\"secret\";");

  private final int openPort = Ports.free();
  private final int securePort = Ports.free();

  /** A Kafka whose administrators use an open port, and the worker one that needs a password. */
  private KafkaNode kafka() throws Exception {
    int controllerPort = Ports.free();
    Map<String, String> properties = new TreeMap<>();
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(openPort, securePort, controllerPort));
    properties.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "PLAIN");
    properties.put(
        "listener.name.sasl_plaintext.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " user_connect=\"secret\";");
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("super.users", "User:ANONYMOUS");
    return new KafkaNode(DIRECTORY.resolve("kafka"), openPort, properties);
  }

  private WorkerProcess worker() throws Exception {
    PluginFolder plugin =
        PluginFolder.unpack(
            Path.of(System.getProperty("plugin.archive")), DIRECTORY.resolve("plugins"));
    WorkerProcess.Builder builder =
        WorkerProcess.in(DIRECTORY.resolve("worker"))
            .bootstrapServers("127.0.0.1:" + securePort)
            .plugins(plugin.path())
            .property("exactly.once.source.support", "enabled");
    for (String prefix : List.of("", "producer.", "consumer.", "admin.")) {
      LOGIN.forEach((key, value) -> builder.property(prefix + key, value));
    }
    return builder.start();
  }

  private Map<String, String> setpoints(FaultyDevice device) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.modbus.ModbusSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", RUN + ".setpoints");
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("devices.device1", device.url());
    config.put("tags.value", "holding:0 uint16 write=true");
    config.put("write.delivery", "at-most-once");
    config.put("command.journal.topic", RUN + ".journal");
    config.put("result.topic", RUN + ".results");
    config.put("result.producer.bootstrap.servers", "127.0.0.1:" + securePort);
    LOGIN.forEach((key, value) -> config.put("result.producer." + key, value));
    config.put("validate.connection", "false");
    return config;
  }

  @Test
  void theRightsOfThePageAreEnough() throws Exception {
    List<AclBinding> rights = DocumentedRights.of("docs/operations.md");
    assertThat(rights).hasSizeGreaterThan(15);
    String open = "127.0.0.1:" + openPort;
    try (KafkaNode kafka = kafka();
        FaultyDevice device = new FaultyDevice();
        MqttBroker mqtt = new HiveMqBroker();
        PlantServer plant = PlantServer.start()) {
      kafka.start();
      mqtt.start();
      plant.counters().run(COUNT, plant.counters().size());
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", open))) {
        admin.createAcls(rights).all().get();
        NewTopic journal = new NewTopic(RUN + ".journal", 1, (short) 1);
        admin
            .createTopics(List.of(journal.configs(Map.of("cleanup.policy", "compact"))))
            .all()
            .get();
      }
      command(open, EveryConnector.commands(RUN), "valve1", "open");
      command(
          open,
          RUN + ".setpoints",
          "key",
          "{\"device\": \"device1\", \"tag\": \"value\", \"value\": 7}");
      try (WorkerProcess worker = worker();
          RecordReader reader = new RecordReader(open, RUN + "\\..*")) {
        Map<String, Map<String, String>> connectors = new LinkedHashMap<>();
        EveryConnector.all(RUN, device, mqtt.url(), plant)
            .forEach(connector -> connectors.put(connector.name(), connector.config()));
        connectors.put(RUN + "-setpoints", setpoints(device));
        connectors.forEach(
            (name, config) -> {
              ConnectRest.Response response = worker.rest().put(name, config);
              assertThat(response.isSuccess()).as("%s: %s", name, response.message()).isTrue();
            });

        Set<String> topics = new TreeSet<>(EveryConnector.topics(RUN));
        topics.add(RUN + ".results");
        reader.awaitAll(
            "records in " + topics,
            LIMIT,
            all ->
                all.stream()
                    .map(RecordReader.Received::topic)
                    .collect(Collectors.toSet())
                    .containsAll(topics));
        for (String name : connectors.keySet()) {
          await(name + " to run")
              .atMost(LIMIT)
              .until(() -> worker.rest().status(name).isRunning(1));
        }
        worker.rest().stop(RUN + "-sink");
        await("the sink to stop")
            .atMost(LIMIT)
            .until(() -> worker.rest().status(RUN + "-sink").taskStates().isEmpty());
        assertThat(worker.rest().deleteOffsets(RUN + "-sink").isSuccess()).isTrue();
        assertThat(worker.log()).noneMatch(line -> line.contains("AuthorizationException"));
      }
    }
  }

  private static void command(String servers, String topic, String key, String value)
      throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }
}
