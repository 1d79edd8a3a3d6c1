// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.docs.DocPage;
import io.connectot.it.EveryConnector;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A real Prometheus reads two workers, an old one and a new one, with the JMX exporter and the
 * files of {@code deploy/monitoring}.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path FILES = DocPage.root().resolve("deploy/monitoring");
  private static final Path DIRECTORY =
      Path.of("target", "monitoring", Long.toString(ProcessHandle.current().pid()));

  private static final Map<String, WorkerProcess> WORKERS = new LinkedHashMap<>();
  private static KafkaNode kafka;
  private static MqttBroker mqtt;
  private static FaultyDevice device;
  private static PlantServer plant;
  private static PrometheusServer prometheus;

  @BeforeAll
  static void start() throws IOException {
    PluginFolder plugin =
        PluginFolder.unpack(
            Path.of(System.getProperty("plugin.archive")), DIRECTORY.resolve("plugins"));
    kafka = new KafkaNode(DIRECTORY.resolve("kafka"), Ports.free());
    kafka.start();
    mqtt = new HiveMqBroker();
    mqtt.start();
    device = new FaultyDevice();
    plant = PlantServer.start();
    plant.counters().run(Duration.ofMillis(200), plant.counters().size());
    Map<String, String> targets = new LinkedHashMap<>();
    for (String version : List.of("3.9", "4.3")) {
      int port = Ports.free();
      targets.put("kafka" + version, "127.0.0.1:" + port);
      WORKERS.put(version, worker(version, port, plugin));
    }
    prometheus = new PrometheusServer(DIRECTORY.resolve("prometheus"), targets, impatientAlerts());
    for (Map.Entry<String, WorkerProcess> worker : WORKERS.entrySet()) {
      for (EveryConnector connector :
          EveryConnector.all(run(worker.getKey()), device, mqtt.url(), plant)) {
        worker.getValue().rest().put(connector.name(), connector.config()).expectSuccess();
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (prometheus != null) {
      prometheus.close();
    }
    WORKERS.values().forEach(WorkerProcess::close);
    plant.close();
    device.close();
    mqtt.close();
    kafka.close();
  }

  private static String run(String version) {
    return "kafka" + version.replace(".", "");
  }

  private static WorkerProcess worker(String version, int port, PluginFolder plugin)
      throws IOException {
    String agent =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> jar.contains("jmx_prometheus_javaagent"))
            .findFirst()
            .orElseThrow();
    String run = run(version);
    WorkerProcess.Builder builder =
        WorkerProcess.in(DIRECTORY.resolve(run))
            .bootstrapServers(kafka.bootstrapServers())
            .plugins(plugin.path())
            .property("group.id", run)
            .property("offset.storage.topic", run + "-offsets")
            .property("config.storage.topic", run + "-configs")
            .property("status.storage.topic", run + "-status")
            .jvmOptions(
                List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-javaagent:"
                        + agent
                        + "=127.0.0.1:"
                        + port
                        + ":"
                        + FILES.resolve("jmx-exporter.yml")));
    return version.equals("4.3")
        ? builder.start()
        : builder.jars(Path.of("workers", "kafka-" + version, "target", "lib")).start();
  }

  /** The alert rules, which wait for seconds where an operator waits for minutes. */
  private static Path impatientAlerts() throws IOException {
    List<String> lines =
        Files.readAllLines(FILES.resolve("alerts.yml")).stream()
            .map(line -> line.replaceAll("^( +for: \\d+)m$", "$1s"))
            .toList();
    Files.createDirectories(DIRECTORY);
    return Files.write(DIRECTORY.resolve("alerts.yml"), lines);
  }

  @Test
  @Order(1)
  void metricsHaveTheSameNamesOnBothVersions() {
    await("metrics of every connector")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(names("kafka3.9"))
                    .isEqualTo(names("kafka4.3"))
                    .contains(
                        "connectot_connection_state",
                        "connectot_value_read_total",
                        "connectot_message_published_total",
                        "connectot_message_acknowledged_total",
                        "kafka_connect_task_state",
                        "kafka_connect_source_record_write_total"));
    await("values of every connector")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(prometheus.query("connectot_value_read_total{worker=\"kafka4.3\"}"))
                    .extracting(series -> series.path("metric").path("connector").asText())
                    .contains("kafka43-modbus", "kafka43-opcua", "kafka43-plc4x"));
  }

  private static Set<String> names(String worker) {
    return prometheus
        .query("{worker=\"" + worker + "\", __name__=~\"(connectot|kafka_connect)_.+\"}")
        .stream()
        .map(series -> series.path("metric").path("__name__").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @Order(2)
  void everyQueryOfTheDashboardReturnsData() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(FILES.resolve("grafana-dashboard.json").toFile());
    List<JsonNode> expressions = dashboard.findValues("expr");
    assertThat(expressions).hasSizeGreaterThan(20);
    await("enough scrapes for rates")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              SoftAssertions softly = new SoftAssertions();
              for (JsonNode expression : expressions) {
                String query =
                    expression.asText().replace("$connector", ".*").replace("$instance", ".*");
                softly.assertThat(prometheus.query(query)).as(query).isNotEmpty();
              }
              softly.assertAll();
            });
  }

  @Test
  @Order(3)
  void alertsFireForFaultsAndOnlyForThem() throws Exception {
    await("every device to be there, which takes longer on a busy machine")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(prometheus.firing())
                    .doesNotContain(
                        "ConnectOtDeviceOffline", "ConnectOtDisconnected", "ConnectOtTaskFailed"));
    device.close();
    mqtt.close();
    await("the alerts of what is gone")
        .atMost(LIMIT)
        .until(
            () -> prometheus.firing(),
            firing ->
                firing.containsAll(List.of("ConnectOtDeviceOffline", "ConnectOtDisconnected")));
    assertThat(prometheus.firing()).doesNotContain("ConnectOtTaskFailed");
    WorkerProcess worker = WORKERS.get("4.3");
    Map<String, String> failing =
        EveryConnector.all("failing", device, mqtt.url(), plant).stream()
            .filter(connector -> connector.name().endsWith("plc4x"))
            .findFirst()
            .orElseThrow()
            .config();
    failing.put("transforms", "cast");
    failing.put("transforms.cast.type", "org.apache.kafka.connect.transforms.Cast$Value");
    failing.put("transforms.cast.spec", "path:int32");
    worker.rest().put("failing", failing).expectSuccess();
    await("the alert of a failed task")
        .atMost(LIMIT)
        .until(() -> prometheus.firing().contains("ConnectOtTaskFailed"));
  }
}
