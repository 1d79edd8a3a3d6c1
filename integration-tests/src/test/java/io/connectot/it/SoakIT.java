// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.connectot.it.campaign.ReliabilityPage;
import io.connectot.it.fixture.FaultyDevice;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Starts and stops every connector on one small worker 8 times (500 times with {@code -Dcampaign})
 * and checks that the end of a task releases its resources. The tolerance is less than a connector
 * would accumulate that leaks one thread or file each time. The long form writes its results to the
 * documentation.
 */
@Tag("full")
@Tag("soak")
class SoakIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration COUNT = Duration.ofMillis(200);
  private static final String RUN = "soak";
  private static final int WARM_UP = 3;
  private static final int ROUNDS = Boolean.getBoolean("campaign") ? 500 : 8;

  /** Pools grow and shrink, and Kafka's clients open and close connections. */
  private static final int THREADS_MORE = 6;

  private static final int FILES_MORE = 7;

  /** Classes, compiled code and Kafka's own state of former tasks. */
  private static final long BYTES_MORE = 16L * 1024 * 1024;

  /**
   * The resources of a worker.
   *
   * @param threads the number of all threads
   * @param own the names of the connectors' threads
   * @param files the number of open files and sockets
   * @param heap bytes in use after a garbage collection
   * @param beans the MBeans of the connectors
   */
  private record Level(int threads, List<String> own, long files, long heap, List<String> beans) {
    static Level of(Site site, WorkerJmx jmx, List<EveryConnector> connectors) throws Exception {
      try (var files = Files.list(Path.of("/proc", Long.toString(site.worker().pid()), "fd"))) {
        return new Level(
            jmx.threads("").size(),
            jmx.threads("connect-ot-"),
            files.count(),
            jmx.heapUsedAfterCollection(),
            connectors.stream().flatMap(each -> jmx.beans(each.name()).stream()).toList());
      }
    }

    void assertNotMuchMoreThan(Level before) {
      assertThat(beans).as("MBeans").isEqualTo(before.beans);
      assertThat(own)
          .as("threads of the connectors, before: %s", before.own)
          .hasSizeLessThanOrEqualTo(before.own.size() + THREADS_MORE);
      assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + THREADS_MORE);
      assertThat(files).as("files and sockets").isLessThanOrEqualTo(before.files + FILES_MORE);
      assertThat(heap).as("heap").isLessThanOrEqualTo(before.heap + BYTES_MORE);
    }

    String cells() {
      return String.format(
          Locale.ROOT,
          "%d | %d | %d | %.1f | %d |",
          threads,
          own.size(),
          files,
          heap / 1024.0 / 1024,
          beans.size());
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void restartsLeaveNothingBehind() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "no open files to count here");
    try (FaultyDevice device = new FaultyDevice();
        MqttBroker mqtt = new HiveMqBroker();
        PlantServer plant = PlantServer.start();
        Site site = Site.start();
        WorkerJmx jmx = site.worker().jmx();
        KafkaProducer<String, String> commands =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", site.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
      mqtt.start();
      plant.counters().run(COUNT, plant.counters().size());
      List<EveryConnector> connectors = EveryConnector.all(RUN, device, mqtt.url(), plant);
      for (EveryConnector connector : connectors) {
        site.create(connector.name(), connector.config(), 1);
      }
      for (int round = 0; round < WARM_UP; round++) {
        restart(site, jmx, connectors, commands);
      }
      Level before = Level.of(site, jmx, connectors);
      for (int round = 0; round < ROUNDS; round++) {
        restart(site, jmx, connectors, commands);
      }
      Level after = Level.of(site, jmx, connectors);
      List<String> table = table(connectors.size() * ROUNDS, before, after);
      table.forEach(System.out::println);
      await("the worker to be as before")
          .atMost(LIMIT)
          .untilAsserted(() -> Level.of(site, jmx, connectors).assertNotMuchMoreThan(before));
      if (Boolean.getBoolean("campaign")) {
        ReliabilityPage.write("soak", table);
      }
    }
  }

  private static List<String> table(int restarts, Level before, Level after) {
    return List.of(
        "| restarts of tasks | threads | of the connectors | files and sockets | heap in use, MiB |"
            + " MBeans |",
        "|---:|---:|---:|---:|---:|---:|",
        "| 0 | " + before.cells(),
        String.format(Locale.ROOT, "| %,d | ", restarts) + after.cells());
  }

  /**
   * Restarts all connectors and waits until each has delivered again. The restart request returns
   * before the restart, so this method checks that every task has ended.
   */
  private static void restart(
      Site site,
      WorkerJmx jmx,
      List<EveryConnector> connectors,
      KafkaProducer<String, String> commands)
      throws Exception {
    connectors.forEach(connector -> site.rest().stop(connector.name()));
    for (EveryConnector connector : connectors) {
      await(connector.name() + " to stop")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> site.rest().status(connector.name()).taskStates(), List::isEmpty);
    }
    connectors.forEach(connector -> site.rest().resume(connector.name()));
    commands.send(new ProducerRecord<>(EveryConnector.commands(RUN), "valve1", "open")).get();
    for (EveryConnector connector : connectors) {
      site.awaitRunning(connector.name(), 1);
      await(connector.name() + " to deliver")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () ->
                  jmx.pluginMetrics(connector.name(), 0).getOrDefault(connector.metric(), 0.0)
                      >= 1);
    }
  }
}
