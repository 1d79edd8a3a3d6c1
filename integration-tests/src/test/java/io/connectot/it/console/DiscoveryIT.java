// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.PluginFolder;
import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks at devices through the console of a worker, and makes connectors of what is found. */
class DiscoveryIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String DISCOVERY = "/ot/api/discovery";
  private static final String MODBUS = "io.connectot.modbus.ModbusSourceConnector";
  private static final String OPC_UA = "io.connectot.opcua.OpcUaSourceConnector";
  private static final String SECRET = "secret-of-the-operator";
  private static final Path DIRECTORY =
      Path.of("target", "discovery", Long.toString(ProcessHandle.current().pid()));

  private static final FaultyDevice DEVICE = new FaultyDevice();
  private static final PlantServer PLANT = PlantServer.start();
  private static KafkaNode kafka;
  private static WorkerProcess worker;
  private static ConsoleClient console;
  private static Path secrets;

  @BeforeAll
  static void start() throws IOException {
    PluginFolder plugin =
        PluginFolder.unpack(
            Path.of(System.getProperty("plugin.archive")), DIRECTORY.resolve("plugins"));
    secrets =
        Files.writeString(DIRECTORY.resolve("secrets.properties"), "password=" + SECRET + "\n")
            .toAbsolutePath();
    RestLogin.install(DIRECTORY.resolve("more"));
    kafka = new KafkaNode(DIRECTORY.resolve("kafka"), Ports.free());
    kafka.start();
    worker =
        WorkerProcess.in(DIRECTORY.resolve("worker"))
            .bootstrapServers(kafka.bootstrapServers())
            .plugins(plugin.path())
            .morePlugins(DIRECTORY.resolve("more"))
            .property(
                "rest.extension.classes",
                RestLogin.class.getName() + ",io.connectot.console.OtConsole")
            .property("ot.console.allow.discovery", "true")
            .property("config.providers", "file")
            .property(
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider")
            .start();
    console = new ConsoleClient(worker.rest().url(), RestLogin.LOGIN);
  }

  @AfterAll
  static void stop() throws IOException {
    worker.close();
    kafka.close();
    DEVICE.close();
    PLANT.close();
  }

  private static ObjectNode request(String connector, String method, String address) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("connector", connector).put("method", method).put("address", address);
    request.putObject("config");
    request.putObject("parameters");
    return request;
  }

  /** A request as an operator with a password that only the worker knows. */
  private static ObjectNode browse(String parent) {
    ObjectNode request = request(OPC_UA, "browse", PLANT.url()).put("parent", parent);
    request
        .withObject("config")
        // The machine of the tests may be busy.
        .put("opcua.connect.timeout.ms", "50000")
        .put("opcua.pki.dir", DIRECTORY.resolve("pki").toString())
        .put("opcua.trust.auto.accept", "true")
        .put("opcua.auth.type", "username")
        .put("opcua.auth.username", "operator")
        .put("opcua.auth.password", "${file:" + secrets + ":password}");
    return request;
  }

  /** Runs a discovery to its end. */
  private static JsonNode find(JsonNode request) {
    HttpResponse<String> started = console.post(DISCOVERY, request);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    String id = ConsoleClient.read(started).path("id").asText();
    return await("the end of the discovery")
        .atMost(LIMIT)
        .until(() -> console.json("discovery/" + id), state -> !state.path("running").asBoolean());
  }

  private static JsonNode finding(JsonNode state, String name) {
    return StreamSupport.stream(state.path("findings").spliterator(), false)
        .filter(finding -> finding.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(state.toPrettyString()));
  }

  /** Creates a connector and waits for the first value of a tag. */
  private static void assertFirstValue(
      String name, Map<String, String> config, String path, String value) {
    worker.rest().put(name, config).expectSuccess();
    await("the first value")
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(console.json("tag?path=" + path).path("value").asText())
                    .isEqualTo(value));
    worker.rest().delete(name);
  }

  @Test
  void knowsTheProtocolsOfTheArchive() {
    JsonNode protocols = ConsoleClient.read(console.get(DISCOVERY)).path("protocols");
    assertThat(protocols)
        .extracting(protocol -> protocol.path("connector").asText())
        .containsExactlyInAnyOrder(
            MODBUS,
            OPC_UA,
            "io.connectot.mqtt.MqttSourceConnector",
            "io.connectot.sparkplug.SparkplugSourceConnector",
            "io.connectot.plc4x.Plc4xSourceConnector");
    assertThat(console.json("summary").path("allow_discovery").asBoolean()).isTrue();
    assertThat(console.json("summary").path("allow_changes").asBoolean()).isFalse();
  }

  @Test
  void aRegisterThatIsFoundBecomesAConnectorWithItsValue() {
    DEVICE.registers().holding(0, 0x41AC);
    DEVICE.registers().holding(1, 0);
    ObjectNode request = request(MODBUS, "registers", DEVICE.url());
    request.withObject("parameters").put("count", "2");
    JsonNode found = finding(find(request), "holding_0");
    JsonNode reading =
        StreamSupport.stream(found.path("readings").spliterator(), false)
            .filter(one -> one.path("label").asText().equals("float32 ABCD"))
            .findFirst()
            .orElseThrow();
    assertThat(reading.path("value").asText()).isEqualTo("21.5");

    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", MODBUS);
    config.put("topic", "found.modbus");
    config.put("devices.meter", DEVICE.url());
    config.put("tags.temperature", reading.path("line").asText());
    assertFirstValue("found-modbus", config, "meter/temperature", "21.5");
  }

  @Test
  void aNodeThatIsFoundBecomesAConnectorWithItsValue() {
    PLANT.set("Press1.Temperature", 47.5);
    JsonNode root = find(browse(""));
    JsonNode press = find(browse(finding(root, "Press1").path("id").asText()));
    JsonNode temperature = finding(press, "Press1.Temperature");
    assertThat(temperature.path("unit").asText()).isEqualTo("°C");
    assertThat(temperature.at("/readings/0/value").asText()).isEqualTo("47.5");

    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", OPC_UA);
    config.put("topic", "found.opcua");
    config.put("devices.plant", PLANT.url());
    config.put("tags.temperature", temperature.at("/readings/0/line").asText());
    JsonNode keys = browse("").path("config");
    keys.fieldNames().forEachRemaining(key -> config.put(key, keys.path(key).asText()));
    assertFirstValue("found-opcua", config, "plant/temperature", "47.5");
  }

  @Test
  void noAnswerHasTheSecret() {
    ObjectNode wrong = browse("");
    wrong.withObject("config").put("opcua.auth.username", "stranger");
    JsonNode refusal = find(wrong);
    assertThat(refusal.path("problem").asText()).isNotEmpty();
    assertThat(refusal.toString()).doesNotContain(SECRET);

    ObjectNode address = request(MODBUS, "registers", "no-${file:" + secrets + ":password}");
    JsonNode problem = find(address);
    assertThat(problem.path("problem").asText()).contains("[hidden]").doesNotContain(SECRET);

    ObjectNode unknown = request(MODBUS, "registers", "${vault:x:y}");
    assertThat(find(unknown).path("problem").asText()).contains("config provider 'vault'");
    assertThat(worker.log()).noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void refusesOtherSites() {
    ObjectNode request = request(MODBUS, "registers", DEVICE.url());
    int requests = DEVICE.requests().size();
    assertThat(console.post(DISCOVERY, request, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(console.post(DISCOVERY, request, "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    // What a form of another site can send without being asked for.
    for (String type :
        new String[] {
          "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
        }) {
      assertThat(console.post(DISCOVERY, request, "Content-Type", type).statusCode())
          .isEqualTo(415);
    }
    assertThat(console.delete(DISCOVERY + "/1", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(DEVICE.requests()).hasSize(requests);
  }

  /** What the worker protects by its REST authentication stays protected. */
  @Test
  void refusesThoseWhoAreNotLoggedIn() {
    ConsoleClient stranger = new ConsoleClient(worker.rest().url());
    int requests = DEVICE.requests().size();
    assertThat(stranger.post(DISCOVERY, request(MODBUS, "registers", DEVICE.url())).statusCode())
        .isEqualTo(401);
    assertThat(stranger.get(DISCOVERY).statusCode()).isEqualTo(401);
    assertThat(stranger.delete(DISCOVERY + "/1").statusCode()).isEqualTo(401);
    assertThat(stranger.get("/ot/api/summary").statusCode()).isEqualTo(401);
    assertThat(stranger.get("/ot/index.html").statusCode()).isEqualTo(401);
    assertThat(DEVICE.requests()).hasSize(requests);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(console.post(DISCOVERY, request("java.lang.Runtime", "x", "y")).statusCode())
        .isEqualTo(400);
    assertThat(console.post(DISCOVERY, request(MODBUS, "registers", " ")).statusCode())
        .isEqualTo(400);
    assertThat(find(request(MODBUS, "write", DEVICE.url())).path("problem").asText())
        .contains("method=write: unknown");
    for (String path : new String[] {"/0", "/..%2f..%2fconsole.js", "/%2e%2e", "/a?from=-1"}) {
      assertThat(console.get(DISCOVERY + path).statusCode()).isBetween(400, 499);
    }
  }
}
