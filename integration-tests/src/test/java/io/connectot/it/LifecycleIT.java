// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Operations on a connector, and a crash of the worker. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String OWN_THREADS = "connect-ot-";
  private static final int TAGS = 20;

  private static Site site;

  private final List<FaultyDevice> devices = Stream.generate(FaultyDevice::new).limit(4).toList();
  private RecordReader reader;
  private String name;

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  @BeforeEach
  void create() {
    name = site.uniqueName("life");
    Map<String, String> config = ModbusSetup.connector(name, devices);
    config.put("tasks.max", "2");
    config.put("status.topic", name + ".status");
    config.put("gap.topic", name + ".gaps");
    ModbusSetup.addPattern(config, devices, 0, TAGS);
    reader = site.reader(name + "(\\.(status|gaps))?");
    site.create(name, config, 2);
    awaitScans(reader.position());
  }

  @AfterEach
  void delete() {
    site.rest().delete(name);
    reader.close();
    devices.forEach(FaultyDevice::close);
  }

  @Test
  @Order(1)
  void resumesAfterAPauseWithOnePollerForEachDevice() {
    site.rest().pause(name);
    await("PAUSED")
        .atMost(LIMIT)
        .until(
            () -> site.rest().status(name).taskStates(),
            states -> states.equals(List.of("PAUSED", "PAUSED")));

    int position = reader.position();
    site.rest().resume(name);
    site.awaitRunning(name, 2);
    awaitScans(position);

    assertThat(devices).allSatisfy(device -> assertThat(device.mostRequestsAtOnce()).isEqualTo(1));
  }

  @Test
  @Order(2)
  void stopClosesEverythingAndResumeReportsOneGapOfEachDevice() {
    site.rest().stop(name);
    awaitNothingLeft();
    int position = reader.position();

    site.rest().resume(name);
    site.awaitRunning(name, 2);
    awaitScans(position);

    List<Received> gaps = gapsSince(position);
    assertThat(gaps).extracting(gap -> gap.text("device")).hasSize(4).doesNotHaveDuplicates();
    assertThat(gaps)
        .allSatisfy(
            gap -> {
              assertThat(gap.json().get("missed_scans").asLong()).isPositive();
              assertThat(gap.text("cause")).contains("not running");
            });
  }

  @Test
  @Order(3)
  void restartLeavesOnePollerForEachDevice() {
    devices.forEach(FaultyDevice::forgetRequests);
    for (int i = 0; i < 3; i++) {
      int position = reader.position();
      site.rest().restart(name);
      awaitScans(position);
      site.awaitRunning(name, 2);
    }

    assertThat(devices)
        .allSatisfy(
            device -> {
              assertThat(device.mostRequestsAtOnce()).isEqualTo(1);
              assertThat(device.openConnections()).isEqualTo(1);
            });
  }

  @Test
  @Order(4)
  void deleteLeavesNoThreadConnectionOrMetricBehind() {
    try (WorkerJmx jmx = site.worker().jmx()) {
      assertThat(jmx.threads(OWN_THREADS)).as("threads while it runs").isNotEmpty();
      assertThat(jmx.beans(name)).as("MBeans while it runs").isNotEmpty();

      site.rest().delete(name);

      awaitNothingLeft();
      await("MBeans to go").atMost(LIMIT).until(() -> jmx.beans(name), List::isEmpty);
    }
  }

  @Test
  @Order(5)
  void offsetsCanBeReadChangedAndReset() throws Exception {
    site.rest().stop(name);
    awaitNothingLeft();

    JsonNode offsets = site.rest().offsets(name).get("offsets");
    assertThat(offsets).hasSize(4);
    assertThat(offsets.findValuesAsText("device"))
        .containsExactlyInAnyOrder("device1", "device2", "device3", "device4");
    assertThat(offsets.findValues("timestamp_ns")).allMatch(JsonNode::isIntegralNumber);

    String good =
        "{'partition':{'device':'device1'},'offset':{'timestamp_ns':1700000000000000000}}";
    assertThat(alter(good).isSuccess()).as("altering a device's offset").isTrue();
    assertThat(offsets(site.rest().offsets(name), "device1")).isEqualTo(1_700_000_000_000_000_000L);

    refused("{'partition':{'device':'device1'},'offset':{'timestamp':1}}", "timestamp_ns");
    refused("{'partition':{'device':'device1'},'offset':{'timestamp_ns':'now'}}", "timestamp_ns");
    refused("{'partition':{'device':'device1'},'offset':{'timestamp_ns':-1}}", "timestamp_ns");
    refused("{'partition':{'topic':'t'},'offset':{'timestamp_ns':1}}", "device");

    ConnectRest.Response forget = alter("{'partition':{'device':'device1'},'offset':null}");
    assertThat(forget.isSuccess()).as("forgetting a device").isTrue();
    assertThat(site.rest().offsets(name).get("offsets")).hasSize(3);
    assertThat(site.rest().deleteOffsets(name).isSuccess()).isTrue();
    assertThat(site.rest().offsets(name).get("offsets")).isEmpty();

    int position = reader.position();
    site.rest().resume(name);
    site.awaitRunning(name, 2);
    awaitScans(position);
    assertThat(gapsSince(position)).as("gaps without any offset to reckon from").isEmpty();
  }

  @Tag("full")
  @Test
  @Order(6)
  void tasksMoveWhenAWorkerIsKilledAndNoDeviceIsPolledTwice() throws Exception {
    WorkerProcess second = site.addWorker();
    await("a task on each worker")
        .atMost(LIMIT)
        .until(() -> site.rest().status(name).taskWorkers().stream().distinct().count() == 2);
    site.awaitRunning(name, 2);
    devices.forEach(FaultyDevice::forgetRequests);
    int position = reader.position();

    second.kill();

    await("the tasks to move to the first worker")
        .atMost(LIMIT)
        .until(
            () -> site.rest().status(name),
            status ->
                status.isRunning(2)
                    && status.taskWorkers().stream().allMatch(site.worker().id()::equals));
    awaitScans(reader.position());

    assertThat(devices)
        .allSatisfy(
            device -> {
              assertThat(device.mostRequestsAtOnce()).isEqualTo(1);
              assertThat(device.openConnections()).isEqualTo(1);
            });
    assertThat(gapsSince(position))
        .as("gaps of the killed worker's devices")
        .extracting(gap -> gap.text("device"))
        .isNotEmpty()
        .allSatisfy(device -> assertThat(device).startsWith("device"));
    assertThat(reader.all(record -> record.text("quality").equals("GOOD")))
        .allSatisfy(
            record ->
                assertThat(record.json().get("value_long").asInt())
                    .isEqualTo(ModbusSetup.expected(record.text("device"), record.text("tag"))));
    assertThat(site.worker().errors().stream().filter(LifecycleIT::isUnexpected))
        .as("errors in the log of the surviving worker")
        .isEmpty();
  }

  /** Workers log offsets that a connector rejects, and converters without a version, as errors. */
  private static boolean isUnexpected(String error) {
    return !error.contains("Failed to modify offsets")
        && !error.contains("/offsets (ConnectExceptionMapper)")
        && !error.contains("Failed to get plugin version");
  }

  private void awaitNothingLeft() {
    await("connections to close")
        .atMost(LIMIT)
        .until(() -> devices.stream().allMatch(device -> device.openConnections() == 0));
    try (WorkerJmx jmx = site.worker().jmx()) {
      await("threads to end").atMost(LIMIT).until(() -> jmx.threads(OWN_THREADS), List::isEmpty);
    }
  }

  private void awaitScans(int position) {
    reader.awaitAll(
        "two scans of every device",
        LIMIT,
        all ->
            Stream.of(1, 2, 3, 4)
                .map(ModbusSetup::deviceName)
                .allMatch(
                    device ->
                        all.stream()
                                .skip(position)
                                .filter(record -> record.text("device").equals(device))
                                .filter(record -> record.text("quality").equals("GOOD"))
                                .count()
                            >= 2 * TAGS));
  }

  private List<Received> gapsSince(int position) {
    return reader.all().stream()
        .skip(position)
        .filter(record -> record.json().has("missed_scans"))
        .toList();
  }

  private ConnectRest.Response alter(String offset) throws IOException {
    JsonNode body = JSON.readTree(("{'offsets':[" + offset + "]}").replace('\'', '"'));
    return site.rest().alterOffsets(name, body);
  }

  private void refused(String offset, String word) throws IOException {
    ConnectRest.Response response = alter(offset);
    assertThat(response.isSuccess()).as("altering to %s", offset).isFalse();
    assertThat(response.message()).as("altering to %s", offset).contains(word);
  }

  private static long offsets(JsonNode offsets, String device) {
    for (JsonNode offset : offsets.get("offsets")) {
      if (offset.at("/partition/device").asText().equals(device)) {
        return offset.at("/offset/timestamp_ns").asLong();
      }
    }
    throw new AssertionError(device + " has no offset in " + offsets);
  }
}
