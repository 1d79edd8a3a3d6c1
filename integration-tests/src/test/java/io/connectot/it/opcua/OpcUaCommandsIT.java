// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The worker is killed again and again while commands come, to servers that count what is written,
 * of connectors with each {@code write.delivery}.
 */
class OpcUaCommandsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int KILLS = Integer.getInteger("commands.kills", 200);

  /** Fewer kills where the machine takes longer. */
  private static final Duration LONGEST =
      Duration.ofMinutes(Integer.getInteger("commands.minutes", 120));

  private static final int CONNECTORS = Integer.getInteger("commands.connectors", 1);

  /** One kill of this many comes while the tasks start. */
  private static final int EARLY = 4;

  private static final long PERIOD_MILLIS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Site site;

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  @Test
  @Tag("full")
  void noCommandIsCarriedOutTwiceWithAJournalOrLostWithoutOne() throws Exception {
    kill(4, 1);
  }

  @Test
  @Tag("campaign")
  @Timeout(value = 4, unit = TimeUnit.HOURS)
  void norIfTheWorkerIsKilledTwoHundredTimes() throws Exception {
    kill(KILLS, CONNECTORS);
  }

  /**
   * @param connectors of each {@code write.delivery}, which a kill meets at moments of their own
   */
  private static void kill(int times, int connectors) throws Exception {
    List<CommandedPlant> once = new ArrayList<>();
    List<CommandedPlant> least = new ArrayList<>();
    try {
      for (int i = 0; i < connectors; i++) {
        once.add(create("once", true));
        least.add(create("least", false));
      }
      AtomicLong next = new AtomicLong();
      int kills =
          killWhileCommanding(times, Stream.concat(once.stream(), least.stream()).toList(), next);
      System.out.printf("%d kills, %d commands for each connector%n", kills, next.get());
      for (CommandedPlant press : once) {
        assertOnce(press, awaitResults(press, next.get()), next.get());
        awaitCommitted(press.name(), next.get());
      }
      for (CommandedPlant press : least) {
        assertNoneLost(press, awaitResults(press, next.get()), next.get());
        awaitCommitted(press.name(), next.get());
      }
    } finally {
      once.forEach(CommandedPlant::close);
      least.forEach(CommandedPlant::close);
    }
  }

  private static CommandedPlant create(String prefix, boolean once) throws Exception {
    CommandedPlant press = new CommandedPlant(site, site.uniqueName(prefix));
    press.createTopics();
    site.create(press.name(), press.config(once), 1);
    return press;
  }

  private static void assertOnce(
      CommandedPlant press, Map<Long, List<JsonNode>> results, long sent) {
    assertThat(press.requests().values()).allSatisfy(all -> assertThat(all).hasSize(1));
    assertThat(press.order()).isSorted();
    for (long offset = 0; offset < sent; offset++) {
      assertThat(results.get(offset)).as("results of command %s", offset).hasSize(1);
      String state = results.get(offset).get(0).path("state").asText();
      assertThat(state).isIn("DONE", "UNKNOWN");
      if (state.equals("DONE")) {
        assertThat(press.requests()).containsKey(offset);
      }
    }
    assertThat(results).hasSize((int) sent);
  }

  private static void assertNoneLost(
      CommandedPlant press, Map<Long, List<JsonNode>> results, long sent) {
    for (long offset = 0; offset < sent; offset++) {
      assertThat(press.requests()).containsKey(offset);
      assertThat(results).containsKey(offset);
    }
    assertThat(press.order()).isSorted();
    assertThat(results).hasSize((int) sent);
  }

  /** Returns how often the worker was killed. */
  private static int killWhileCommanding(int times, List<CommandedPlant> presses, AtomicLong next)
      throws Exception {
    Random random = new Random(18);
    ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    int kills = 0;
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", site.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      var sending =
          sender.scheduleAtFixedRate(
              () -> {
                long number = next.getAndIncrement();
                for (CommandedPlant press : presses) {
                  var unused = producer.send(press.command(number));
                }
              },
              0,
              PERIOD_MILLIS,
              TimeUnit.MILLISECONDS);
      long deadline = System.nanoTime() + LONGEST.toNanos();
      for (; kills < times && System.nanoTime() - deadline < 0; kills++) {
        boolean early = kills % EARLY == EARLY - 1;
        if (!early) {
          awaitWrites(presses);
        }
        Duration delay = Duration.ofMillis(random.nextInt(early ? 5000 : 300));
        await("a random moment").atMost(LIMIT).pollDelay(delay).until(() -> true);
        site.worker().kill();
        site.worker().start();
        if (kills % 10 == 9) {
          System.out.printf(
              "%d kills, %d commands, %s written%n",
              kills + 1, next.get(), presses.stream().map(CommandedPlant::size).toList());
        }
      }
      sending.cancel(false);
      sender.shutdown();
      assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      producer.flush();
    } finally {
      sender.shutdownNow();
    }
    return kills;
  }

  private static void awaitWrites(List<CommandedPlant> presses) {
    for (CommandedPlant press : presses) {
      int written = press.size();
      await("writes of " + press.name()).atMost(LIMIT).until(() -> press.size() > written);
    }
  }

  /** The committed results by the offset of their commands, once all have one. */
  private static Map<Long, List<JsonNode>> awaitResults(CommandedPlant press, long commands) {
    Map<Long, List<JsonNode>> results = new ConcurrentHashMap<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                site.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(press.name() + ".results", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      // The worker was away for most of the time: the last ones have waited for long.
      while (results.size() < commands) {
        int before = results.size();
        await("results of " + press.name() + " after " + before)
            .atMost(LIMIT)
            .until(() -> read(consumer, results) > before);
      }
    }
    long unknown =
        results.values().stream()
            .filter(all -> all.get(0).path("state").asText().equals("UNKNOWN"))
            .count();
    System.out.printf(
        "%s: %d written, %d of them more than once, %d unknown%n",
        press.name(), press.size(), press.twice(), unknown);
    return results;
  }

  /** Returns how many commands have a result. */
  private static int read(KafkaConsumer<String, String> consumer, Map<Long, List<JsonNode>> results)
      throws IOException {
    for (var record : consumer.poll(Duration.ofMillis(200))) {
      JsonNode result = JSON.readTree(record.value());
      results
          .computeIfAbsent(result.path("command_offset").asLong(), unused -> new ArrayList<>())
          .add(result);
    }
    return results.size();
  }

  /** Waits until the offset that the group committed is behind the last command, and no further. */
  private static void awaitCommitted(String name, long commands) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      await("the committed offset")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(
                          admin
                              .listConsumerGroupOffsets("connect-" + name)
                              .partitionsToOffsetAndMetadata()
                              .get(1, TimeUnit.MINUTES)
                              .get(new TopicPartition(name, 0))
                              .offset())
                      .isEqualTo(commands));
    }
  }
}
