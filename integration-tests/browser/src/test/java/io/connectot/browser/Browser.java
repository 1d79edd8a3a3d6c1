// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.testing.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, as installed by the operating system. For one thread. */
final class Browser implements AutoCloseable {
  private final ChromeDriver driver;
  private final String console;
  private final Duration limit;

  /**
   * Starts a browser. Skips the test if Chromium is not installed.
   *
   * @param worker the address of a worker with the console
   * @param limit the longest wait for a text
   */
  Browser(String worker, Duration limit) {
    Peers.needChromium();
    this.limit = limit;
    this.console = worker + "/ot/index.html";
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--lang=en-GB");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build(),
            options);
    driver.manage().timeouts().pageLoadTimeout(Duration.ofMinutes(1));
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(1));
    size(1280, 900);
  }

  /** The size of what the page has to itself. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Whether the reader prefers dark pages. */
  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Opens a page by what follows the {@code #/} of its address. */
  void open(String page) {
    driver.get(console + "#/" + page);
  }

  /** Opens a page of another site. */
  void visit(String address) {
    driver.get(address);
  }

  /**
   * Sends a request from the page, as its scripts can.
   *
   * @param type the content type; null for none
   * @param body null for none; JavaScript whose value is sent as JSON
   * @return the type of the response, e.g. {@code opaque}, or the name of the error
   */
  String send(String address, String method, String mode, String type, String body) {
    return (String)
        driver.executeAsyncScript(
            "const [address, method, mode, type, done] = arguments;"
                + "fetch(address, {method, mode, headers: type ? {'Content-Type': type} : {}"
                + (body == null ? "" : ", body: JSON.stringify(" + body + ")")
                + "}).then((response) => done(response.type), (problem) => done(problem.name));",
            address,
            method,
            mode,
            type);
  }

  /** All text of the page; empty while it changes. */
  String text() {
    try {
      return driver.findElement(By.tagName("body")).getText();
    } catch (StaleElementReferenceException e) {
      return "";
    }
  }

  /** Waits until the page has all of some texts. */
  void awaitText(String... parts) {
    await(String.join(", ", parts))
        .atMost(limit)
        .untilAsserted(() -> assertThat(text()).contains(parts));
  }

  /** The first element of a CSS selector. */
  WebElement element(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** How many elements a CSS selector finds. */
  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** Follows the first link with a text. */
  void follow(String text) {
    driver.findElement(By.linkText(text)).click();
  }

  /** Types a text into a field, in place of what is there. */
  void fill(String selector, String text) {
    element(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  /** Chooses an option of a list by what it shows. */
  void choose(String selector, String option) {
    element(selector).findElement(By.xpath("./option[.='" + option + "']")).click();
  }

  /** Presses the button with a text. */
  void press(String text) {
    driver.findElement(By.xpath("//button[.='" + text + "']")).click();
  }

  /** The result of a script. */
  Object run(String script) {
    return driver.executeScript(script);
  }

  /** What the page has written to the browser's console that is no information. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The size of the page's objects after a garbage collection, in bytes. */
  long scriptHeap() {
    driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
    driver.executeCdpCommand("Performance.enable", Map.of());
    return ((List<?>) driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics"))
        .stream()
            .map(metric -> (Map<?, ?>) metric)
            .filter(metric -> "JSHeapUsedSize".equals(metric.get("name")))
            .mapToLong(metric -> ((Number) metric.get("value")).longValue())
            .findFirst()
            .orElseThrow();
  }

  /** Saves what can be seen as a PNG. */
  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Barriers for readers of the page, as axe-core finds them: rule, explanation and element. */
  List<?> barriers() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>)
        driver.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "axe.run().then((result) => done(result.violations.map((one) =>"
                + " one.id + ': ' + one.help + ': ' + one.nodes[0].html)));");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
