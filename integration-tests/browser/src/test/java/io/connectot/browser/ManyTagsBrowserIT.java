// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.ModbusSetup;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The console of a worker that reads 50,000 tags. Sizes and memory have bounds; times and the CPU
 * are printed, because they depend on the machine.
 */
@Tag("peers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManyTagsBrowserIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int DEVICES = 20;
  private static final int TAGS = 2_500;
  private static final int VIEWERS = 5;
  private static final int LOOKS = 5;
  private static final long MIB = 1024 * 1024;

  /** What a page asks for, and the most characters of the answer. */
  private static final Map<String, Integer> ANSWERS =
      Map.of(
          "summary", 1_000,
          "devices?text=", 8_000,
          "connectors", 1_000,
          "tree?path=", 200,
          "tree?path=acme%2Fmunich", 2_500,
          "tree?path=acme%2Fmunich%2Fdevice7", 130_000,
          "search?text=r24", 130_000,
          "tag?path=acme%2Fmunich%2Fdevice7%2Fr100", 20_000,
          "device?connector=many&path=acme%2Fmunich%2Fdevice7", 2_000,
          "timeline", 60_000);

  private static final List<FaultyDevice> PLANT =
      Stream.generate(FaultyDevice::new).limit(DEVICES).toList();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ConsoleSite site;

  @BeforeAll
  static void start() throws IOException {
    site = ConsoleSite.start("many-tags", Map.of(), List.of("-Xmx512m", "-XX:+UseSerialGC"));
    Map<String, String> config = ModbusSetup.connector("plant", PLANT);
    ModbusSetup.addPattern(config, PLANT, 0, TAGS);
    config.put("poll.interval.ms", "20000");
    config.put("modbus.request.timeout.ms", "5000");
    config.put("uns.path", "acme/munich");
    config.put("status.topic", "plant.status");
    config.put("gap.topic", "plant.gaps");
    site.worker().rest().put("many", config).expectSuccess();
  }

  @AfterAll
  static void stop() throws IOException {
    if (site != null) {
      site.close();
    }
    PLANT.forEach(FaultyDevice::close);
  }

  private static String get(String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(site.worker().rest().url() + "/ot/api/" + address))
            .build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    return response.body();
  }

  @Test
  @Order(1)
  void showsAllTags() {
    ObjectMapper json = new ObjectMapper();
    await("all tags")
        .atMost(LIMIT)
        .until(
            () -> json.readTree(get("summary")), summary -> summary.path("tags").asInt() == 50_000);
    await("all devices")
        .atMost(LIMIT)
        .until(
            () -> json.readTree(get("summary")).at("/devices/online").asInt(),
            online -> online == DEVICES);
  }

  /** Each viewer asks for all that the pages ask for, without the pages' pauses. */
  @Test
  @Order(2)
  void answersFiveViewersWithinItsHeap() throws Exception {
    ExecutorService viewers = Executors.newFixedThreadPool(VIEWERS);
    List<Future<Map<String, List<Long>>>> looks = new ArrayList<>();
    for (int viewer = 0; viewer < VIEWERS; viewer++) {
      looks.add(viewers.submit(ManyTagsBrowserIT::look));
    }
    List<Map<String, List<Long>>> took = new ArrayList<>();
    for (Future<Map<String, List<Long>>> look : looks) {
      took.add(look.get());
    }
    viewers.shutdown();
    for (String address : ANSWERS.keySet().stream().sorted().toList()) {
      List<Long> millis = took.stream().flatMap(one -> one.get(address).stream()).sorted().toList();
      System.out.printf(
          "%s: median %d ms, longest %d ms, %d characters%n",
          address,
          millis.get(millis.size() / 2),
          millis.get(millis.size() - 1),
          get(address).length());
    }
    try (WorkerJmx jmx = site.worker().jmx()) {
      long heap = jmx.heapUsedAfterCollection();
      System.out.printf("Heap of the worker: %d of 512 MiB%n", heap / MIB);
      assertThat(heap).isLessThan(400 * MIB);
    }
    assertThat(site.worker().log()).noneMatch(line -> line.contains("OutOfMemoryError"));
  }

  private static Map<String, List<Long>> look() throws Exception {
    Map<String, List<Long>> took = new TreeMap<>();
    for (int looks = 0; looks < LOOKS; looks++) {
      for (Map.Entry<String, Integer> answer : ANSWERS.entrySet()) {
        long start = System.nanoTime();
        String text = get(answer.getKey());
        took.computeIfAbsent(answer.getKey(), key -> new ArrayList<>())
            .add(Duration.ofNanos(System.nanoTime() - start).toMillis());
        assertThat(text.length()).as(answer.getKey()).isLessThan(answer.getValue());
      }
    }
    return took;
  }

  @Test
  @Order(3)
  void aPageOfManyTagsTakesLittleMemory() throws Exception {
    Browser browser = site.browser();
    browser.open("");
    browser.awaitText("50000", "20 / 20", "acme/");
    BrowserMemory.print("the plant", browser);
    browser.open("search?text=r24");
    browser.awaitText("acme/munich/device1/r24", "more tags");
    BrowserMemory.print("a search", browser);
    browser.open("tree?path=acme%2Fmunich%2Fdevice7");
    browser.awaitText("r0", "2000 more tags");
    // Many answers later, as a page that stays open.
    browser.run("performance.clearResourceTimings()");
    await("answers")
        .atMost(LIMIT)
        .until(
            () ->
                (Long) browser.run("return performance.getEntriesByType('resource').length") > 20);
    BrowserMemory.print("a device", browser);
    assertThat(browser.scriptHeap()).isLessThan(60 * MIB);
    assertThat(BrowserMemory.largestPage()).isLessThan(300 * MIB);
    assertThat(browser.complaints()).isEmpty();
  }

  /** The CPU time of the worker with a page, without one, and of a worker without the console. */
  @Test
  @Order(4)
  @Tag("campaign")
  void measuresTheCpuOfTheWorker() throws Exception {
    get("summary");
    site.browser().open("tree?path=acme%2Fmunich%2Fdevice7");
    System.out.printf("CPU of the worker with one page: %.1f %%%n", cpu(site.worker()));
    site.browser().visit("about:blank");
    try (WorkerJmx jmx = site.worker().jmx()) {
      await("the end of the reader").atMost(LIMIT).until(() -> jmx.threads("ot-console").isEmpty());
    }
    System.out.printf("CPU of the worker without a page: %.1f %%%n", cpu(site.worker()));
    try (WorkerProcess other = site.replaceWithoutConsole()) {
      await("its connector").atMost(LIMIT).until(() -> other.rest().status("many").isRunning(1));
      System.out.printf("CPU of a worker without the console: %.1f %%%n", cpu(other));
    }
  }

  /** The part of one processor that the worker takes in two minutes, after a minute's warm-up. */
  private static double cpu(WorkerProcess worker) {
    ProcessHandle process = ProcessHandle.of(worker.pid()).orElseThrow();
    pass(Duration.ofMinutes(1));
    Duration before = process.info().totalCpuDuration().orElseThrow();
    pass(Duration.ofMinutes(2));
    Duration after = process.info().totalCpuDuration().orElseThrow();
    return after.minus(before).toMillis() / 1_200.0;
  }

  private static void pass(Duration time) {
    await("the time").pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
  }
}
