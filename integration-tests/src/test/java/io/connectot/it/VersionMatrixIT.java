// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.testing.Peers;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.quickstart.embedded.ConnectRest;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the same archive on a worker of every supported Kafka version, with both plugin discovery
 * modes: every connector delivers its first record, has metrics if the worker supports them,
 * continues from offsets that are set over the REST API, and leaves nothing behind when it is
 * deleted. One worker runs all connectors; brokers and devices are shared.
 */
@Tag("full")
class VersionMatrixIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration COUNT = Duration.ofMillis(200);
  private static final String NEWEST = "4.3.1";
  private static final String SERVICE_LOAD = "service_load";

  private static final Path DIRECTORY =
      Path.of("target", "matrix", Long.toString(ProcessHandle.current().pid()));

  private static PluginFolder plugin;
  private static KafkaNode kafka;
  private static MqttBroker mqtt;
  private static FaultyDevice device;
  private static PlantServer plant;

  @BeforeAll
  static void startWhatAllShare() throws IOException {
    plugin =
        PluginFolder.unpack(
            Path.of(System.getProperty("plugin.archive")), DIRECTORY.resolve("plugins"));
    kafka = new KafkaNode(DIRECTORY.resolve("kafka"), Ports.free());
    kafka.start();
    mqtt = new HiveMqBroker();
    mqtt.start();
    device = new FaultyDevice();
    plant = PlantServer.start();
    plant.counters().run(COUNT, plant.counters().size());
  }

  @AfterAll
  static void stopWhatAllShare() throws IOException {
    plant.close();
    device.close();
    mqtt.close();
    kafka.close();
  }

  @ParameterizedTest(name = "Kafka {0}, plugin.discovery={1}")
  @CsvSource({
    "3.6.2, service_load",
    "3.6.2, hybrid_warn",
    "3.9.2, service_load",
    "3.9.2, hybrid_warn",
    "4.0.0, service_load",
    "4.0.0, hybrid_warn",
    "4.3.1, service_load",
    "4.3.1, hybrid_warn",
  })
  void everyConnectorDelivers(String version, String discovery) throws Exception {
    String run = "kafka" + version.replace(".", "") + discovery.substring(0, 1);
    try (WorkerProcess worker =
            start(
                run, builder -> kafkaOf(version, builder).property("plugin.discovery", discovery));
        WorkerJmx jmx = worker.jmx()) {
      assertThat(version(worker)).isEqualTo(version);
      deliver(run, worker, jmx);
      assertMetricsAreWhereTheyBelong(run, version, jmx);
      if (discovery.equals(SERVICE_LOAD)) {
        OffsetEdits.check(run, kafka.bootstrapServers(), mqtt.url(), worker.rest());
      }
      deleteLeavesNothing(run, worker, jmx);
      assertThat(worker.log()).noneMatch(line -> line.contains("missing ServiceLoader manifests"));
    }
  }

  @Test
  void everyConnectorDeliversOnJdk25() throws Exception {
    Path home = Peers.needJdk25();
    String run = "jdk25";
    try (WorkerProcess worker = start(run, builder -> builder.javaHome(home));
        WorkerJmx jmx = worker.jmx()) {
      assertThat(version(worker)).isEqualTo(NEWEST);
      assertThat(jmx.javaVersion()).isEqualTo("25");
      deliver(run, worker, jmx);
    }
  }

  private static WorkerProcess.Builder kafkaOf(String version, WorkerProcess.Builder builder) {
    if (version.equals(NEWEST)) {
      return builder;
    }
    String line = version.substring(0, version.lastIndexOf('.'));
    return builder.jars(Path.of("workers", "kafka-" + line, "target", "lib"));
  }

  /** A worker with its own group in the same Kafka. */
  private static WorkerProcess start(String run, UnaryOperator<WorkerProcess.Builder> adaptation)
      throws IOException {
    return adaptation
        .apply(
            WorkerProcess.in(DIRECTORY.resolve(run))
                .bootstrapServers(kafka.bootstrapServers())
                .plugins(plugin.path())
                .property("group.id", run)
                .property("offset.storage.topic", run + "-offsets")
                .property("config.storage.topic", run + "-configs")
                .property("status.storage.topic", run + "-status"))
        .start();
  }

  private static String version(WorkerProcess worker) {
    return worker.rest().get("/").expectSuccess().path("version").asText();
  }

  private static void deliver(String run, WorkerProcess worker, WorkerJmx jmx) throws Exception {
    EveryConnector.command(kafka.bootstrapServers(), run, "open");
    List<EveryConnector> connectors = EveryConnector.all(run, device, mqtt.url(), plant);
    for (EveryConnector connector : connectors) {
      ConnectRest.Response response = worker.rest().put(connector.name(), connector.config());
      assertThat(response.isSuccess()).as("%s: %s", connector.name(), response.message()).isTrue();
    }
    Set<String> topics = new TreeSet<>(EveryConnector.topics(run));
    try (RecordReader reader =
        new RecordReader(kafka.bootstrapServers(), String.join("|", topics))) {
      reader.awaitAll(
          "a record that is not BAD in each of " + topics,
          LIMIT,
          all ->
              all.stream()
                  .filter(VersionMatrixIT::isUsable)
                  .map(RecordReader.Received::topic)
                  .collect(Collectors.toSet())
                  .equals(topics));
      assertThat(reader.all(record -> record.topic().equals(run + ".mqtt")))
          .allSatisfy(record -> assertThat(record.json().asText()).isEqualTo("open"));
    }
    for (EveryConnector connector : connectors) {
      await(connector.metric() + " of " + connector.name())
          .atMost(LIMIT)
          .until(
              () -> jmx.pluginMetrics(connector.name(), 0),
              metrics -> metrics.getOrDefault(connector.metric(), 0.0) >= 1);
      assertThat(worker.rest().status(connector.name()).isRunning(1)).isTrue();
    }
  }

  /** A device that was reconnected also has records of BAD quality. */
  private static boolean isUsable(RecordReader.Received record) {
    return !record.json().has("quality") || record.text("quality").equals("GOOD");
  }

  private static void deleteLeavesNothing(String run, WorkerProcess worker, WorkerJmx jmx) {
    List<String> names =
        EveryConnector.all(run, device, mqtt.url(), plant).stream()
            .map(EveryConnector::name)
            .toList();
    names.forEach(worker.rest()::delete);
    for (String name : names) {
      await("threads of " + name + " to end")
          .atMost(LIMIT)
          .until(() -> jmx.threads("connect-ot-" + name + "-"), List::isEmpty);
      await("MBeans of " + name + " to go")
          .atMost(LIMIT)
          .until(() -> jmx.beans(name), List::isEmpty);
    }
  }

  /** KIP-877 is available in Kafka 4.1 and newer. */
  private static void assertMetricsAreWhereTheyBelong(String run, String version, WorkerJmx jmx) {
    String own = "io.connectot:";
    for (EveryConnector connector : EveryConnector.all(run, device, mqtt.url(), plant)) {
      List<String> beans = jmx.beans(connector.name());
      if (version.equals(NEWEST)) {
        assertThat(beans).anyMatch(bean -> bean.endsWith(",type=plugins"));
        assertThat(beans).noneMatch(bean -> bean.startsWith(own));
      } else {
        assertThat(beans).anyMatch(bean -> bean.startsWith(own));
      }
    }
  }
}
