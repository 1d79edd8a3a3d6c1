// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.Pattern;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Tests of the packaged connector with real PLC4X drivers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Plc4xIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static Site site;

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  private static Map<String, String> connector(String topic, int maxTasks) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.plc4x.Plc4xSourceConnector");
    config.put("tasks.max", Integer.toString(maxTasks));
    config.put("topic", topic);
    config.put("report", "all");
    config.put("poll.interval.ms", "200");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "500");
    return config;
  }

  private static Map<String, String> simulated(String topic, int maxTasks, int devices) {
    Map<String, String> config = connector(topic, maxTasks);
    for (int device = 1; device <= devices; device++) {
      config.put("devices.sim" + device, "simulated://sim" + device);
    }
    config.put("tags.torque", "RANDOM/torque:INT");
    config.put("tags.running", "RANDOM/running:BOOL");
    config.put("tags.profile", "RANDOM/profile:INT[4]");
    config.put("tags.nowhere", "STATE/nowhere:INT");
    return config;
  }

  private static void awaitDevices(RecordReader reader, int from, int devices) {
    reader.awaitAll(
        "a value of every device",
        LIMIT,
        all -> {
          Set<String> seen = new TreeSet<>();
          all.stream()
              .skip(from)
              .filter(record -> record.text("quality").equals("GOOD"))
              .forEach(record -> seen.add(record.text("device")));
          return seen.size() == devices;
        });
  }

  @Test
  @Order(1)
  void readsMoreDevicesThanThereAreTasks() {
    String name = site.uniqueName("plc4x");
    try (RecordReader reader = site.reader(name)) {
      site.create(name, simulated(name, 2, 5), 2);

      awaitDevices(reader, reader.position(), 5);
      Received missing =
          reader.awaitOne("a BAD tag", LIMIT, 0, record -> record.text("tag").equals("nowhere"));
      Received profile =
          reader.awaitOne("an array", LIMIT, 0, record -> record.text("tag").equals("profile"));

      assertThat(missing.text("quality")).isEqualTo("BAD");
      assertThat(missing.text("status")).isEqualTo("2 NOT_FOUND");
      assertThat(missing.text("protocol")).isEqualTo("plc4x:simulated");
      assertThat(profile.text("type")).isEqualTo("JSON");
    } finally {
      site.rest().delete(name);
    }
  }

  @Test
  @Order(2)
  void readsModbusWithMoreTasksThanDevicesAndComesBackByItself() {
    String name = site.uniqueName("plc4x");
    try (FaultyDevice device = new FaultyDevice();
        RecordReader reader = site.reader(name)) {
      String host = device.url().substring("tcp://".length(), device.url().indexOf('?'));
      String unit = device.url().substring(device.url().indexOf("unit=") + "unit=".length());
      Map<String, String> config = connector(name, 4);
      config.put("devices.meter", "modbus-tcp://" + host + "?default-unit-identifier=" + unit);
      config.put("tags.first", "holding-register:1:UINT");
      config.put("plc4x.request.timeout.ms", "1000");
      Pattern.fill(device, 1, 0, 4);

      site.create(name, config, 1);
      awaitDevices(reader, 0, 1);

      int position = reader.position();
      device.switchOff();
      reader.awaitOne("a BAD tag", LIMIT, position, record -> record.text("quality").equals("BAD"));
      device.switchOn();
      awaitDevices(reader, reader.position(), 1);
    } finally {
      site.rest().delete(name);
    }
  }

  @Test
  @Order(3)
  void saysWhatIsWrongBeforeAnythingRuns() {
    String name = site.uniqueName("plc4x");
    Map<String, String> config = connector(name, 1);
    config.put("devices.plc", "s7-ligth://10.0.0.5");
    config.put("tags.t", "%DB1.DBD0:REAL");
    ConnectRest.Response response = site.rest().put(name, config);
    assertThat(response.isSuccess()).isFalse();
    assertThat(response.message()).contains("devices.plc").contains("did you mean s7-light?");

    config.put("devices.plc", "s7-light://10.0.0.5");
    config.put("tags.t", "%DB1.DBD0:REEL");
    config.put("validate.connection", "false");
    response = site.rest().put(name, config);
    assertThat(response.isSuccess()).isFalse();
    assertThat(response.message()).contains("tags.t").contains("%DB1.DBD0:REEL");
  }

  @Tag("full")
  @Test
  @Order(4)
  void goesOnWhenAWorkerIsKilled() throws IOException {
    String name = site.uniqueName("plc4x");
    WorkerProcess second = site.addWorker();
    try (RecordReader reader = site.reader(name);
        RecordReader gaps = site.reader(name + "-gaps")) {
      Map<String, String> config = simulated(name, 4, 4);
      config.put("gap.topic", name + "-gaps");
      site.create(name, config, 4);
      awaitDevices(reader, 0, 4);

      await("tasks on both workers")
          .atMost(Duration.ofMinutes(2))
          .until(() -> site.rest().status(name).taskWorkers().stream().distinct().count() == 2);
      await("that the worker knows how far each device is")
          .atMost(LIMIT)
          .ignoreExceptions()
          .until(() -> site.rest().offsets(name).get("offsets").size() == 4);
      int position = gaps.position();
      second.kill();

      await("all tasks on the worker that is left")
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> site.rest().status(name),
              status ->
                  status.isRunning(4)
                      && status.taskWorkers().stream().allMatch(site.worker().id()::equals));
      awaitDevices(reader, reader.position(), 4);
      Received gap =
          gaps.awaitOne(
              "a gap",
              LIMIT,
              position,
              missing -> missing.json().path("cause").asText().contains("was not running"));
      assertThat(gap.json().get("gap_end").asLong())
          .isGreaterThan(gap.json().get("gap_start").asLong());
    } finally {
      site.rest().delete(name);
    }
  }
}
