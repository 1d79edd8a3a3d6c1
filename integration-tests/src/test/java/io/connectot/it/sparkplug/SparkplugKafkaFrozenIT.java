// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.sparkplug;

import static io.connectot.it.sparkplug.SparkplugSetup.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.KafkaProcess;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.sparkplug.fixture.TahuNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka stops responding for longer than the worker keeps its tasks, under 500 metrics a second of
 * an edge node that stores and forwards: the primary host goes offline and comes back, and nothing
 * is lost.
 */
@Tag("full")
class SparkplugKafkaFrozenIT {
  private static final Duration OUTAGE =
      Duration.ofSeconds(Boolean.getBoolean("campaign") ? 60 : 25);
  private static final Duration ARRIVAL = Duration.ofSeconds(40);
  private static final int FOLLOW_MILLIS = 3_000;
  private static final int SCAN_MILLIS = 20;
  private static final int COUNTERS = 10;

  @TempDir Path directory;

  @Test
  void thePrimaryHostFollowsKafka() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.start(directory.resolve("kafka"));
        Site site = Site.at(kafka.bootstrapServers());
        MqttBroker broker = new HiveMqBroker()) {
      broker.start();
      String name = site.uniqueName("frozen");
      Map<String, String> config = SparkplugSetup.source(name, broker.url(), "primary");
      config.put("sparkplug.state.follow.kafka.ms", Integer.toString(FOLLOW_MILLIS));
      site.create(name, config, 1);
      try (TahuNode edge =
              new TahuNode(
                  broker.url(), SparkplugSetup.GROUP, SparkplugSetup.NODE, SparkplugSetup.HOST);
          RecordReader reader = site.reader(name)) {
        edge.await(1, "born");
        edge.send("run " + SCAN_MILLIS);
        reader.awaitAll("values", LIMIT, all -> all.size() > 100 * COUNTERS);
        kafka.freeze();
        long frozen = System.nanoTime();
        int births = edge.lines("born").size();
        try {
          edge.await(1, "offline");
          System.out.printf(
              "STATE went offline after %d ms%n", (System.nanoTime() - frozen) / 1_000_000);
          await("the end of the outage")
              .atMost(OUTAGE.plus(LIMIT))
              .pollInterval(Duration.ofMillis(500))
              .until(() -> System.nanoTime() - frozen >= OUTAGE.toNanos());
        } finally {
          kafka.thaw();
        }
        edge.await(births + 1, "born");
        edge.await(1, "stored ");
        await("live values").pollDelay(Duration.ofSeconds(3)).until(() -> true);
        edge.send("pause");
        long last = Long.parseLong(edge.await(1, "paused ").substring("paused ".length()));
        System.out.printf("%d scans, of these %s%n", last, edge.lines("stored"));
        // The other reader was connected to the Kafka that did not respond.
        try (RecordReader after = site.reader(name)) {
          for (int i = 0; i < COUNTERS; i++) {
            checkAllArrived(after, name, "Counters/c" + i, last);
          }
        }
      }
    }
  }

  private static void checkAllArrived(RecordReader reader, String topic, String tag, long last) {
    // A birth has the last value before the history that leads to it.
    await("every value of " + tag)
        .atMost(ARRIVAL)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () ->
                assertThat(missing(reader.all(SparkplugSetup.counter(topic, tag)), last))
                    .as("missing of %s", tag)
                    .isEmpty());
    List<Received> values = reader.all(SparkplugSetup.counter(topic, tag));
    List<Long> historical =
        values.stream()
            .filter(record -> record.json().path("is_historical").asBoolean())
            .map(SparkplugSetup::value)
            .toList();
    assertThat(historical).as("history of %s", tag).isNotEmpty().isSorted().doesNotHaveDuplicates();
    // A worker that stopped the task has what Kafka had not confirmed sent again.
    assertThat(
            values.stream()
                .filter(record -> !record.json().path("is_historical").asBoolean())
                .map(SparkplugSetup::value)
                .distinct())
        .as("live values of %s", tag)
        .isSorted();
  }

  private static List<Long> missing(List<Received> values, long last) {
    Set<Long> arrived = values.stream().map(SparkplugSetup::value).collect(Collectors.toSet());
    return LongStream.rangeClosed(1, last)
        .boxed()
        .filter(value -> !arrived.contains(value))
        .toList();
  }
}
