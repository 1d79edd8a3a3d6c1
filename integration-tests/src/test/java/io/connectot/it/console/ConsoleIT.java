// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.connectot.it.ModbusSetup;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's API on a worker with two Modbus devices, one of which goes away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String NAME = "press-shop";
  private static final String MARKUP = "<img src=x onerror=alert(1)>";
  private static final Path DIRECTORY =
      Path.of("target", "console", Long.toString(ProcessHandle.current().pid()));

  private static final FaultyDevice FIRST = new FaultyDevice();
  private static final FaultyDevice SECOND = new FaultyDevice();
  private static KafkaNode kafka;
  private static WorkerProcess worker;
  private static ConsoleClient console;

  @BeforeAll
  static void start() throws IOException {
    PluginFolder plugin =
        PluginFolder.unpack(
            Path.of(System.getProperty("plugin.archive")), DIRECTORY.resolve("plugins"));
    kafka = new KafkaNode(DIRECTORY.resolve("kafka"), Ports.free());
    kafka.start();
    worker =
        WorkerProcess.in(DIRECTORY.resolve("worker"))
            .bootstrapServers(kafka.bootstrapServers())
            .plugins(plugin.path())
            .property("rest.extension.classes", "io.connectot.console.OtConsole")
            .start();
    console = new ConsoleClient(worker.rest().url());
    Map<String, String> config = ModbusSetup.connector("plant", List.of(FIRST, SECOND));
    ModbusSetup.addPattern(config, List.of(FIRST, SECOND), 0, 3);
    config.put("tags.r0", "holding:0 uint16 unit=\"" + MARKUP + "\"");
    config.put("uns.path", "acme/munich");
    config.put("status.topic", "plant.status");
    config.put("gap.topic", "plant.gaps");
    config.put("producer.override.sasl.jaas.config", "a secret");
    worker.rest().put(NAME, config).expectSuccess();
  }

  @AfterAll
  static void stop() throws IOException {
    worker.close();
    kafka.close();
    FIRST.close();
    SECOND.close();
  }

  @Test
  @Order(1)
  void showsTheTreeOfTags() {
    JsonNode root =
        await("the tree")
            .atMost(LIMIT)
            .until(() -> console.json("tree"), tree -> tree.path("folders").size() == 1);
    assertThat(root.at("/folders/0/path").asText()).isEqualTo("acme");
    await("all tags to be GOOD")
        .atMost(LIMIT)
        .until(() -> console.json("tree").at("/folders/0/good").asInt(), good -> good == 6);
    JsonNode device = console.json("tree?path=acme/munich/device1");
    assertThat(device.path("tags")).hasSize(3);
    assertThat(device.at("/tags/1/path").asText()).isEqualTo("acme/munich/device1/r1");
    assertThat(device.at("/tags/1/value").asInt()).isEqualTo(ModbusSetup.expected("device1", "r1"));
  }

  @Test
  @Order(2)
  void showsATagWithItsValuesAndItsRecord() {
    JsonNode tag =
        await("values for a chart")
            .atMost(LIMIT)
            .until(
                () -> console.json("tag?path=acme/munich/device2/r2"),
                found -> found.path("points").size() >= 3);
    assertThat(tag.path("quality").asText()).isEqualTo("GOOD");
    assertThat(tag.at("/record/event_time_ns").isNumber()).isTrue();
    assertThat(tag.at("/points/0/1").asInt()).isEqualTo(ModbusSetup.expected("device2", "r2"));
    assertThat(console.json("tag?path=acme/munich/device1/r0").path("unit").asText())
        .isEqualTo(MARKUP);
    assertThat(console.json("search?text=DEVICE1").path("tags")).hasSize(3);
  }

  @Test
  @Order(3)
  void isHealthyAndCountsWhatTheTasksCount() {
    await("the states of both devices")
        .atMost(LIMIT)
        .until(() -> console.json("summary").at("/devices/online").asInt() == 2);
    HttpResponse<String> health = console.get("/ot/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(ConsoleClient.read(health).path("healthy").asBoolean()).isTrue();
    assertThat(console.get("/ot/metrics").body())
        .contains("connectot_device_online_count{connector=\"press-shop\",task=\"0\"} 2")
        .contains(
            "connectot_device_state{connector=\"press-shop\",device=\"device1\","
                + "path=\"acme/munich/device1\"} 2")
        .contains("# TYPE connectot_value_read_total counter");
  }

  @Test
  @Order(4)
  void showsADeviceThatIsAwayAndTheGapWhenItIsBack() {
    FIRST.switchOff();
    JsonNode away =
        await("OFFLINE")
            .atMost(LIMIT)
            .until(
                () -> console.json("summary").at("/devices/problems/0"),
                device -> device.path("state").asText().equals("OFFLINE"));
    assertThat(away.path("device").asText()).isEqualTo("device1");
    assertThat(away.path("cause").asText()).isNotBlank();
    assertThat(console.get("/ot/health").statusCode()).isEqualTo(503);
    assertThat(console.get("/ot/metrics").body()).contains("path=\"acme/munich/device1\"} 0");

    FIRST.switchOn();
    await("the gap in the tag")
        .atMost(LIMIT)
        .until(
            () -> console.json("tag?path=acme/munich/device1/r1").path("gaps"),
            gaps -> !gaps.isEmpty());
    assertThat(console.json("timeline"))
        .extracting(notice -> notice.path("kind").asText())
        .contains("status", "gap");
  }

  @Test
  @Order(5)
  void showsConnectorsWithoutTheirSecrets() {
    assertThat(console.json("connectors").at("/0/name").asText()).isEqualTo(NAME);
    assertThat(console.json("summary").at("/connectors/count").asInt()).isEqualTo(1);
    HttpResponse<String> connector = console.get("/ot/api/connectors/" + NAME);
    assertThat(connector.body()).contains("[hidden]", "uns.path").doesNotContain("a secret");
    assertThat(console.get("/ot/api/connectors/unknown").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "console.css",
        "console.js",
        "views.js",
        "discover.js",
        "chart.js",
        "preact.js",
        "preact-hooks.js",
        "uplot.js",
        "uplot.css"
      })
  @Order(6)
  void servesItsFilesWithAStrictPolicy(String file) {
    HttpResponse<String> response = console.get("/ot/" + file);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.body()).doesNotContain("https://cdn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ot/..%2f..%2fMETA-INF/MANIFEST.MF",
        "/ot/%2e%2e/console.js",
        "/ot/OtConsole.class",
        "/quickstart/index.html",
        "/quickstart/api/state",
        "/ot/api/unknown"
      })
  @Order(7)
  void servesNothingElse(String path) {
    assertThat(console.get(path).statusCode()).isBetween(400, 499);
  }

  @Test
  @Order(8)
  void refusesOtherSites() {
    assertThat(console.get("/ot/api/summary", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(console.get("/ot/api/summary", "Sec-Fetch-Site", "same-site").statusCode())
        .isEqualTo(403);
    assertThat(console.get("/ot/api/summary", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(
            console
                .get("/ot/api/summary", "Sec-Fetch-Site", "same-origin")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  /** A worker that does not allow it connects to nothing that a request names. */
  @Test
  @Order(9)
  void refusesToLookAtDevices() {
    assertThat(console.get("/ot/api/discovery").statusCode()).isEqualTo(403);
    HttpResponse<String> refusal =
        console.post(
            "/ot/api/discovery",
            JsonNodeFactory.instance
                .objectNode()
                .put("connector", "io.connectot.modbus.ModbusSourceConnector")
                .put("method", "registers")
                .put("address", FIRST.url()));
    assertThat(refusal.statusCode()).isEqualTo(403);
    assertThat(refusal.body()).contains("ot.console.allow.discovery");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ot/health", "/ot/metrics", "/ot/api/summary", "/ot;x=y/api/summary"})
  @Order(9)
  void refusesOtherSitesAndPublicNames(String path) {
    assertThat(console.get(path).statusCode()).isEqualTo(200);
    assertThat(console.get(path, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(console.get(path, "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(console.statusUnderName(path, "evil.example:8083")).contains(" 403 ");
    assertThat(console.statusUnderName(path, "connect:8083")).contains(" 200 ");
  }

  @Test
  @Order(10)
  void leavesTheWorkersOwnApiAlone() {
    assertThat(console.statusUnderName("/connectors", "evil.example:8083")).contains(" 200 ");
  }

  /** As docs/console.md describes Connect's own API: a request without a body has no type. */
  @Test
  @Order(11)
  void connectItselfTakesARestartFromAnotherSiteAndNothingThatHasABody() {
    String foreign = "http://evil.example";
    assertThat(
            console
                .post(
                    "/connectors",
                    JsonNodeFactory.instance.objectNode().put("name", "foreign"),
                    "Content-Type",
                    "text/plain",
                    "Origin",
                    foreign)
                .statusCode())
        .isEqualTo(415);
    assertThat(
            console.postNothing("/connectors/" + NAME + "/restart", "Origin", foreign).statusCode())
        .isEqualTo(204);
    assertThat(worker.rest().connectors()).containsExactly(NAME);
  }
}
