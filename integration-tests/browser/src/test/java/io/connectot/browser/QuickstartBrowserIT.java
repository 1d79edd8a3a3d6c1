// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.docs.DocPage;
import io.connectot.it.fixture.RecordReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Goes through the quickstart as a newcomer, and prints how long that takes. */
@Tag("peers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartBrowserIT {
  /** All of it runs in one process, on machines that do other things too. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final String PRESS = "acme/munich/press-shop/press1";
  private static final Path DIRECTORY =
      Path.of("target", "quickstart", Long.toString(ProcessHandle.current().pid()));

  private static final long START = System.nanoTime();
  private static QuickstartProcess quickstart;
  private static String worker;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    quickstart = new QuickstartProcess(Path.of(System.getProperty("plugin.archive")), DIRECTORY);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    quickstart.close();
  }

  @AfterEach
  void thePageHasNoComplaints() {
    if (browser != null) {
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void took(String what) {
    System.out.println(
        what + " after " + Duration.ofNanos(System.nanoTime() - START).toSeconds() + " s");
  }

  @Test
  @Order(1)
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void saysFirstWhichPageToOpenAndThenWhatItDoes() {
    await("the first line").atMost(LIMIT).until(() -> !quickstart.lines().isEmpty());
    String first = quickstart.lines().get(0);
    assertThat(first).matches("Open http://127\\.0\\.0\\.1:\\d+/ot/ .*");
    worker = first.replaceAll("Open (.*)/ot/ .*", "$1");
    await("all connectors")
        .atMost(LIMIT)
        .until(() -> quickstart.text().contains("13 of 13 is created") || !quickstart.isAlive());
    assertThat(quickstart.text()).contains("Kafka runs", "the Connect worker answers", "13 of 13");
  }

  @Test
  @Order(2)
  void showsValuesThatMove() throws IOException {
    browser = new Browser(worker, LIMIT);
    browser.open("search?text=press1%2Ftemperature");
    browser.awaitText(PRESS + "/temperature");
    browser.open("tag?path=" + URLEncoder.encode(PRESS + "/temperature", StandardCharsets.UTF_8));
    browser.awaitText(PRESS + "/temperature", "GOOD");
    took("A page with values");
    String value = browser.element("dd strong").getText();
    await("another value")
        .atMost(LIMIT)
        .until(() -> !browser.element("dd strong").getText().equals(value));
  }

  @Test
  @Order(3)
  void showsAnUnpluggedPressInRedAndTheGapWhenItIsBack() throws IOException {
    browser.open("");
    browser.awaitText("Break it");
    browser.follow("Break it");
    browser.awaitText("Unplug press1");
    assertThat(browser.barriers()).as("what axe finds").isEmpty();
    press("Unplug press1");
    browser.awaitText("press1 is unplugged.", "Plug in press1");
    browser.awaitText("OFFLINE");
    for (int width : new int[] {1280, 390}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.size(width, width == 390 ? 844 : 900);
        browser.dark(dark);
        assertThat(browser.barriers()).as("what axe finds").isEmpty();
        browser.screenshot(
            DIRECTORY.resolve("break-it-" + width + (dark ? "-dark" : "-light") + ".png"));
        if (System.getProperty("docs.update") != null && !dark && width == 1280) {
          browser.screenshot(DocPage.root().resolve("docs/images/quickstart-break-it.png"));
        }
      }
    }
    browser.size(1280, 900);
    browser.dark(false);
    browser.follow("Console");
    browser.open(
        "device?path=" + URLEncoder.encode(PRESS, StandardCharsets.UTF_8) + "&connector=presses");
    browser.awaitText(
        "OFFLINE", "Cause", "Remedy", "Tags without a good value", "Longest scan, ms");
    browser.follow("Break it");
    browser.awaitText("Plug in press1");
    press("Plug in press1");
    browser.awaitText("press1 is plugged in.");
    browser.follow("Console");
    browser.open("tag?path=" + URLEncoder.encode(PRESS + "/temperature", StandardCharsets.UTF_8));
    browser.awaitText("Hatched: times without values.", "GOOD");
  }

  @Test
  @Order(4)
  void aBadPayloadAndAnAlarmAreInTheTimeline() {
    browser.open("");
    browser.awaitText("Break it");
    browser.follow("Break it");
    browser.awaitText("Send a bad payload");
    press("Send a bad payload");
    browser.awaitText("A bad payload is sent.");
    press("Raise an alarm");
    browser.awaitText("The alarm is raised.", "Clear the alarm");
    browser.follow("Console");
    browser.open("timeline");
    browser.awaitText("dead letter", "Somebody pressed the button (severity 900)");
  }

  /** As it prints it, e.g. {@code MQTT broker tcp://127.0.0.1:18830}. */
  private static String printed(String pattern) {
    return quickstart.text().replaceAll("(?s).*" + pattern + ".*", "$1");
  }

  /** An empty form: another page forgets what was chosen. */
  private static void openTheForm(String protocol, String address) {
    browser.open("");
    browser.awaitText("Plant");
    browser.follow("Discover");
    await("the form").atMost(LIMIT).until(() -> browser.count("#protocol") == 1);
    browser.choose("#protocol", protocol);
    browser.fill("#address", address);
  }

  private static void look() {
    browser.press("Look");
    browser.awaitText(" found.");
  }

  /** Names what was chosen, reads the configuration, has it checked and creates the connector. */
  private static void create(String name) {
    browser.fill("#connector-name", name);
    browser.fill("#connector-topic", name + ".values");
    browser.fill("#connector-status", name + ".status");
    browser.fill("#connector-path", name);
    browser.press("Check");
    browser.awaitText("Connect accepts this configuration.");
    browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    browser.awaitText("curl -X POST", worker + "/connectors", "\"topic\": \"" + name + ".values\"");
    browser.press("Create the connector");
    browser.awaitText("Created");
  }

  /** The first value of a connector, on the page and in Kafka. */
  private static void awaitFirstValue(String name, String tag) {
    browser.open("search?text=" + URLEncoder.encode(name + "/", StandardCharsets.UTF_8));
    browser.awaitText(tag, "GOOD");
    try (RecordReader records =
        new RecordReader(printed("Kafka +(127\\.0\\.0\\.1:\\d+)"), name + ".values")) {
      records.awaitOne("a GOOD value", LIMIT, 0, record -> "GOOD".equals(record.text("quality")));
    }
  }

  /** A device's registers become records in Kafka, with what the pages say and nothing else. */
  @Test
  @Order(5)
  void aNewcomerGetsRecordsOfAnOwnModbusDevice() {
    long start = System.nanoTime();
    openTheForm("Modbus", printed("\"devices\\.press\": \"([^\"]*)\""));
    browser.fill("#parameter-start", "100");
    browser.fill("#parameter-count", "4");
    look();
    browser.choose("#show-as", "float32 CDAB");
    browser.element("input[aria-label='Choose holding_100']").click();
    browser.awaitText("Connector with 1 line", "holding:100 float32 order=CDAB");
    browser.fill("input[aria-label='Name of holding:100']", "temperature");
    browser.fill("#connector-device", "press");
    create("mine");
    awaitFirstValue("mine", "mine/press/temperature");
    System.out.println(
        "From the register viewer to a record of an own Modbus device: "
            + Duration.ofNanos(System.nanoTime() - start).toSeconds()
            + " s");
    browser.open("connectors");
    browser.awaitText("mine");
    await("the own connector in the terminal")
        .atMost(LIMIT)
        .until(
            () ->
                quickstart.lines().stream()
                    .anyMatch(line -> line.matches("\\S+  mine +RUNNING, tasks RUNNING, [1-9].*")));
  }

  @Test
  @Order(5)
  void aTopicOfABrokerBecomesAConnector() {
    openTheForm("MQTT", printed("MQTT broker +(tcp://\\S+)"));
    browser.fill("#parameter-filter", "acme/#");
    browser.fill("#parameter-seconds", "4");
    look();
    browser.run("document.querySelector('input[aria-label^=\"Choose all\"]').click()");
    browser.awaitText("Connector with 1 line", "acme/");
    create("topics");
    awaitFirstValue("topics", "topics/");
  }

  @Test
  @Order(5)
  void aSparkplugGroupBecomesAConnector() {
    openTheForm("Sparkplug B", printed("MQTT broker +(tcp://\\S+)"));
    browser.fill("#parameter-seconds", "3");
    look();
    browser.awaitText("Comes with it", "plant/pressline");
    browser.element("input[aria-label='Choose plant']").click();
    browser.awaitText("Connector with 1 line");
    browser.press("Check");
    browser.awaitText("Connect refuses this configuration.", "sparkplug.host.id");
    browser.element("summary").click();
    browser.fill("#keys", "sparkplug.host.id=newcomer\nsparkplug.role=active");
    create("edges");
    awaitFirstValue("edges", "edges/plant/pressline");
  }

  @Test
  @Order(5)
  void anAddressOfADriverBecomesAConnector() {
    openTheForm("PLC4X", printed("meter1 tcp:(//[0-9.:]+)").replace("//", "modbus-tcp://"));
    browser.fill("#parameter-addresses", "input-register:1:REAL input-register:7:REAL");
    look();
    browser.awaitText("2 found.", "input-register_1_REAL");
    browser.press("Choose all 2");
    browser.awaitText("Connector with 2 lines");
    browser.fill("#connector-device", "meter");
    create("driver");
    awaitFirstValue("driver", "driver/meter/");
  }

  @Test
  @Order(6)
  void refusesOtherSitesAndUnknownDevices() throws Exception {
    String unplug = "/quickstart/api/devices/press2/unplug";
    assertThat(post(unplug, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(post(unplug, "Origin", "http://evil.example")).isEqualTo(403);
    assertThat(post("/quickstart/api/devices/unknown/unplug")).isEqualTo(404);
    assertThat(post("/quickstart/api/devices/..%2f..%2fx/unplug")).isBetween(400, 499);
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(worker + unplug))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThat(send(form)).isEqualTo(415);
    browser.open("");
    browser.awaitText("Break it");
    browser.follow("Break it");
    browser.awaitText("Unplug press2");
  }

  @Test
  @Order(7)
  void saysWhatItWaitsForWhenItStopsAndKeepsNothing() throws Exception {
    // Its page would complain that the worker does not answer.
    browser.close();
    browser = null;
    quickstart.stop();

    assertThat(quickstart.text())
        .contains("Stopping, which takes", "  the connectors and their worker …", "Stopped.");
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("kafka"));
    }
  }

  private static void press(String label) {
    browser.run(
        "[...document.querySelectorAll('button')].find((one) => one.textContent === '"
            + label
            + "').click()");
  }

  private static int post(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(worker + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static int send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
