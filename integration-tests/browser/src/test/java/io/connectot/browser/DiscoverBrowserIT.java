// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.docs.DocPage;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.NodeIds;
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

/** Finds a device's values on the page and makes a connector of them, as a person does. */
@Tag("peers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiscoverBrowserIT {
  private static final Path DIRECTORY = ConsoleSite.directory("discover");

  /** A text of the device that would run if the page took it for markup. */
  private static final String MARKUP = "<img src=x onerror=hacked=1>";

  private static final FaultyDevice DEVICE = new FaultyDevice();
  private static ConsoleSite site;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    DEVICE.registers().holding(0, 0x41AC);
    DEVICE.registers().holding(1, 0);
    byte[] text = MARKUP.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i += 2) {
      DEVICE.registers().holding(2 + i / 2, text[i] << 8 | text[i + 1]);
    }
    site =
        ConsoleSite.start(
            "discover",
            Map.of("ot.console.allow.changes", "true", "ot.console.allow.discovery", "true"));
    browser = site.browser();
  }

  @AfterAll
  static void stop() throws IOException {
    if (site != null) {
      site.close();
    }
    DEVICE.close();
  }

  @AfterEach
  void thePageHasNoComplaints() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
  }

  /** An empty form: another page forgets what was chosen. */
  private static void openTheForm() {
    browser.open("");
    browser.awaitText("Plant");
    browser.open("discover");
    await("the form").atMost(ConsoleSite.LIMIT).until(() -> browser.count("#protocol") == 1);
    browser.choose("#protocol", "Modbus");
  }

  /** Finds the registers of the device and chooses the first one as a temperature. */
  private static void chooseTheTemperature() {
    openTheForm();
    browser.fill("#address", DEVICE.url());
    browser.fill("#parameter-count", "16");
    browser.element("button[type=submit]").click();
    browser.awaitText("16 found.", "holding_15");
    browser.choose("#show-as", "string");
    browser.awaitText(MARKUP);
    browser.choose("#show-as", "float32 ABCD");
    browser.awaitText("21.5");
    browser.element("input[aria-label='Choose holding_0']").click();
    browser.awaitText("Connector with 1 line", "holding:0 float32");
    browser.fill("input[aria-label='Name of holding:0']", "temperature");
  }

  @Test
  @Order(1)
  void aPersonFindsARegisterAndGetsItsFirstValue() {
    chooseTheTemperature();
    browser.fill("#connector-name", "meter");
    browser.fill("#connector-device", "meter1");
    browser.press("Create the connector");
    browser.awaitText("Created", "meter1");
    await("the first value")
        .atMost(ConsoleSite.LIMIT)
        .until(() -> browser.count("a[href='#/tag?path=meter1%2Ftemperature']") == 1);
    browser.follow("temperature");
    browser.awaitText("meter1/temperature", "21.5", "Last record");
  }

  @Test
  @Order(2)
  void aPersonBrowsesAServerAndGetsTheFirstValueOfANode() throws IOException {
    try (PlantServer plant = PlantServer.start()) {
      plant.set("Press1.Temperature", 47.5);
      plant.add("Press1." + MARKUP, NodeIds.String, MARKUP);
      openTheForm();
      browser.choose("#protocol", "OPC UA");
      browser.fill("#address", plant.url());
      browser.element("summary").click();
      browser.fill(
          "#keys",
          "opcua.security.policy=none\nopcua.security.allow.none=true\n"
              + "opcua.connect.timeout.ms=50000");
      browser.element("button[type=submit]").click();
      browser.awaitText("Press1/");
      browser.press("Press1/");
      browser.awaitText("Press1.Temperature", "47.5", "°C", MARKUP);
      browser.screenshot(DIRECTORY.resolve("browse-1280-light.png"));
      browser.element("input[aria-label='Choose Press1.Temperature']").click();
      browser.awaitText("Connector with 1 line");
      browser.fill("#connector-name", "press");
      browser.fill("#connector-device", "plant");
      browser.press("Create the connector");
      await("the first value")
          .atMost(ConsoleSite.LIMIT)
          .until(() -> browser.count("a[href='#/tag?path=plant%2FPress1.Temperature']") == 1);
      browser.follow("Press1.Temperature");
      browser.awaitText("plant/Press1.Temperature", "47.5", "Last record");
      site.worker().rest().delete("press");
    }
  }

  @Test
  @Order(3)
  void aMistakeIsShownAtItsLine() {
    chooseTheTemperature();
    browser.fill("input[aria-label='Name of holding:0']", "a/b");
    browser.press("Check");
    browser.awaitText("Connect refuses this configuration.", "separates the levels");
    assertThat(browser.element("td .problem").getText()).contains("a/b");
    browser.fill("input[aria-label='Name of holding:0']", "ab");
    browser.press("Check");
    browser.awaitText("Connect accepts this configuration.");
  }

  @Test
  @Order(4)
  void aDeviceThatDoesNotAnswerIsExplained() {
    openTheForm();
    browser.fill("#address", "tcp://127.0.0.1:1");
    browser.element("button[type=submit]").click();
    browser.awaitText("127.0.0.1:1");
    await("the cause").atMost(ConsoleSite.LIMIT).until(() -> browser.count(".problem") == 1);
  }

  @ParameterizedTest
  @Order(5)
  @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
  void isReadableAtEverySizeAndAccessible(int width, boolean dark) throws IOException {
    browser.size(width, width == 390 ? 844 : 900);
    browser.dark(dark);
    chooseTheTemperature();
    String kind = width + (dark ? "-dark" : "-light");
    browser.run("window.scrollTo(0, 0)");
    browser.screenshot(DIRECTORY.resolve("discover-" + kind + ".png"));
    if (System.getProperty("docs.update") != null && !dark && width == 1280) {
      browser.screenshot(DocPage.root().resolve("docs/images/console-discover.png"));
    }
    browser.run("window.scrollTo(0, document.body.scrollHeight)");
    browser.screenshot(DIRECTORY.resolve("connector-" + kind + ".png"));
    assertThat((Long) browser.run("return document.documentElement.scrollWidth - innerWidth"))
        .as("pixels beyond the screen")
        .isNotPositive();
    assertThat(browser.barriers()).as("what axe finds").isEmpty();
    browser.size(1280, 900);
    browser.dark(false);
  }
}
