// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.docs.DocPage;
import io.connectot.it.ModbusSetup;
import io.connectot.it.fixture.FaultyDevice;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goes through the console as a person. */
@Tag("peers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleBrowserIT {
  private static final String NAME = "press-shop";

  /** A unit that would run if a page took it for markup. */
  private static final String MARKUP = "<img src=x onerror=window.hacked=1>";

  private static final Path DIRECTORY = ConsoleSite.directory("console");

  private static final FaultyDevice FIRST = new FaultyDevice();
  private static final FaultyDevice SECOND = new FaultyDevice();
  private static ConsoleSite site;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    site = ConsoleSite.start("console", Map.of());
    browser = site.browser();
    Map<String, String> config = ModbusSetup.connector("plant", List.of(FIRST, SECOND));
    ModbusSetup.addPattern(config, List.of(FIRST, SECOND), 0, 3);
    config.put("tags.r0", "holding:0 uint16 unit=\"" + MARKUP + "\"");
    config.put("uns.path", "acme/munich");
    config.put("status.topic", "plant.status");
    config.put("gap.topic", "plant.gaps");
    config.put("producer.override.sasl.jaas.config", "a secret");
    site.worker().rest().put(NAME, config).expectSuccess();
  }

  @AfterAll
  static void stop() throws IOException {
    if (site != null) {
      site.close();
    }
    FIRST.close();
    SECOND.close();
  }

  @AfterEach
  void thePageHasNoComplaints() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
  }

  private static String tagPage(String path) {
    return "tag?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  @Test
  @Order(1)
  void walksFromThePlantToAValueThatMoves() {
    browser.open("");
    browser.awaitText("All online", "2 / 2", "acme/");
    browser.follow("acme/");
    browser.awaitText("munich/");
    browser.follow("munich/");
    browser.awaitText("device1/", "device2/");
    browser.follow("device1/");
    browser.awaitText("r1", MARKUP, "GOOD");
    browser.follow("r1");
    browser.awaitText("acme/munich/device1/r1", "Last record", "\"quality\": \"GOOD\"");
    browser.awaitText("tags.r1", "holding:1 uint16", "devices.device1", FIRST.url());
    assertThat(browser.count(".chart canvas")).isEqualTo(1);
    int value = Integer.parseInt(browser.element("dd strong").getText());
    assertThat(value).isEqualTo(ModbusSetup.expected("device1", "r1"));

    FIRST.registers().holding(1, 4711);
    await("the new value").atMost(ConsoleSite.LIMIT).until(() -> browser.text().contains("4711"));
  }

  @Test
  @Order(2)
  void showsAnUnpluggedDeviceInRedAndItsGapHatched() {
    browser.open("");
    FIRST.switchOff();
    browser.awaitText("1 problem", "OFFLINE", "acme/munich/device1");
    browser.open("timeline");
    browser.awaitText("OFFLINE");
    FIRST.switchOn();
    browser.open(tagPage("acme/munich/device1/r2"));
    browser.awaitText("Hatched: times without values.", "GOOD");
    browser.open("device?path=acme%2Fmunich%2Fdevice1&connector=" + NAME);
    browser.awaitText("ONLINE", "modbus", "gap");
  }

  @Test
  @Order(3)
  void findsTagsByAPartOfTheirPath() {
    browser.open("");
    browser.awaitText("All online");
    browser.element("input[type=search]").sendKeys("DEVICE2\n");
    browser.awaitText("acme/munich/device2/r0", "acme/munich/device2/r2");
    assertThat(browser.text()).doesNotContain("device1");
  }

  @Test
  @Order(4)
  void showsAConnectorWithoutSecretsAndWithoutButtons() {
    browser.open("connectors");
    browser.awaitText(NAME, "RUNNING", "1 of 1 running");
    browser.follow(NAME);
    browser.awaitText(
        "\"uns.path\": \"acme/munich\"",
        "[hidden]",
        "kafka-console-consumer.sh --bootstrap-server " + site.kafka().bootstrapServers());
    assertThat(browser.text()).doesNotContain("a secret");
    assertThat(browser.count(".buttons button")).isZero();
  }

  @Test
  @Order(5)
  void showsWhatAnMqttMessageBecomes() {
    browser.open("mqtt");
    browser.awaitText("Try an MQTT message");
    browser.element("button[type=submit]").click();
    browser.awaitText("1 record", "\"value_double\": 21.5");
  }

  @ParameterizedTest
  @Order(6)
  @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
  void isReadableAtEverySizeAndAccessible(int width, boolean dark) throws IOException {
    browser.size(width, width == 390 ? 844 : 900);
    browser.dark(dark);
    String kind = width + (dark ? "-dark" : "-light") + ".png";
    for (String page :
        List.of(
            "",
            "devices",
            "device?path=acme%2Fmunich%2Fdevice1&connector=" + NAME,
            "timeline",
            "connectors",
            "connector?name=" + NAME,
            "mqtt",
            "discover",
            "search?text=device2",
            "tree?path=acme%2Fmunich%2Fdevice1")) {
      browser.open(page);
      browser.awaitText("Kafka Connect OT");
      await("content").atMost(ConsoleSite.LIMIT).until(() -> !browser.text().contains("Loading"));
      assertThat((Long) browser.run("return document.documentElement.scrollWidth - innerWidth"))
          .as("pixels beyond the screen of '%s'", page)
          .isNotPositive();
      assertThat(browser.barriers()).as("what axe finds on '%s'", page).isEmpty();
      String name = page.replaceAll("\\W.*", "");
      browser.screenshot(DIRECTORY.resolve((name.isEmpty() ? "plant" : name) + "-" + kind));
    }
    browser.open(tagPage("acme/munich/device1/r1"));
    browser.awaitText("Last record");
    assertThat(browser.barriers()).isEmpty();
    browser.screenshot(DIRECTORY.resolve("tag-" + kind));
    if (System.getProperty("docs.update") != null && !dark && width == 1280) {
      browser.screenshot(DocPage.root().resolve("docs/images/console-tag.png"));
    }
    browser.size(1280, 900);
    browser.dark(false);
  }

  @Test
  @Order(7)
  void asksNothingWhileThePageIsHidden() {
    browser.open("devices");
    browser.awaitText("acme/munich/device2");
    browser.run(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
            + "performance.clearResourceTimings()");
    // At most what was under way.
    await("a page that asks nothing")
        .pollDelay(Duration.ofSeconds(5))
        .atMost(ConsoleSite.LIMIT)
        .untilAsserted(() -> assertThat(requests()).isLessThanOrEqualTo(2));
    browser.run(
        "delete document.hidden; document.dispatchEvent(new Event('visibilitychange'));"
            + "performance.clearResourceTimings()");
    await("a page that asks again").atMost(ConsoleSite.LIMIT).until(() -> requests() >= 4);
  }

  private static long requests() {
    return (Long) browser.run("return performance.getEntriesByType('resource').length");
  }

  /** What a page of another site can do with a worker that the user's browser can reach. */
  @Test
  @Order(9)
  void aPageOfAnotherSiteChangesNothing() throws IOException {
    String worker = site.worker().rest().url();
    try (ForeignSite foreign = new ForeignSite()) {
      browser.visit(foreign.url());
      String connector =
          "{name: 'foreign', config: {'connector.class':"
              + " 'io.connectot.modbus.ModbusSourceConnector'}}";
      for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
        browser.send(worker + "/connectors", "POST", "no-cors", type, connector);
        browser.send(worker + "/ot/api/discovery", "POST", "no-cors", type, "{}");
      }
      for (String path : List.of("/connectors", "/ot/api/discovery")) {
        assertThat(browser.send(worker + path, "POST", "cors", "application/json", connector))
            .isEqualTo("TypeError");
      }
      for (String action : List.of("pause", "stop", "config")) {
        assertThat(
                browser.send(
                    worker + "/connectors/" + NAME + "/" + action,
                    "PUT",
                    "cors",
                    "application/json",
                    "{}"))
            .isEqualTo("TypeError");
      }
      assertThat(
              browser.send(
                  worker + "/connectors/" + NAME, "DELETE", "cors", "application/json", null))
          .isEqualTo("TypeError");
      assertThat(browser.send(worker + "/ot/api/summary", "GET", "cors", null, null))
          .isEqualTo("TypeError");
      // The browser reports what it refused.
      assertThat(browser.complaints()).isNotEmpty();
    }
    assertThat(site.worker().rest().connectors()).containsExactly(NAME);
    assertThat(site.worker().rest().status(NAME).isRunning(1)).isTrue();
  }

  @Test
  @Order(8)
  void showsNamesUnitsAndPayloadsWithScriptAsText() throws Exception {
    try (HostileRecords records = new HostileRecords(site.kafka().bootstrapServers())) {
      for (int i = 0; i < HostileRecords.TEXTS.size(); i++) {
        records.send(i, "plant", "plant.status", "plant.gaps");
      }
    }
    browser.open("devices");
    browser.awaitText("hostile/" + HostileRecords.TEXTS.get(HostileRecords.TEXTS.size() - 1));
    browser.open("tree?path=hostile");
    browser.awaitText(HostileRecords.TEXTS.get(HostileRecords.TEXTS.size() - 1) + "/");
    for (String text : HostileRecords.TEXTS) {
      String path = URLEncoder.encode("hostile/" + text, StandardCharsets.UTF_8);
      browser.open("tree?path=" + path);
      browser.awaitText(text, "5 " + text);
      browser.open("tag?path=" + path + URLEncoder.encode("/" + text, StandardCharsets.UTF_8));
      browser.awaitText("Last record", text);
      browser.open(
          "device?path=" + path + "&connector=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
      browser.awaitText("OFFLINE", text);
      browser.open("search?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
      browser.awaitText("Tags with", text);
      assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
      assertThat(browser.count("main img, main script, main svg, main iframe")).isZero();
    }
    for (String page : List.of("timeline", "devices", "__proto__", "constructor", "toString")) {
      browser.open(page);
      browser.awaitText("Kafka Connect OT", "Plant");
    }
  }
}
