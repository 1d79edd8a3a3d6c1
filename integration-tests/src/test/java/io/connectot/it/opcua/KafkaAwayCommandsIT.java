// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.KafkaProcess;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka is away between the write to a device and the result of the command, with {@code
 * write.delivery=at-most-once}: the result comes after, once, and nothing is written again.
 */
class KafkaAwayCommandsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path directory;

  /** Longer than the group waits for the consumer. */
  @Test
  @Tag("full")
  void theResultComesOnceAfterKafkaWasAway() throws Exception {
    freezeBeforeTheResult(Duration.ofSeconds(10));
  }

  /** Longer than a transaction and its delivery may take. */
  @Test
  @Tag("campaign")
  void theResultComesOnceAfterKafkaWasAwayForLongerThanATransaction() throws Exception {
    freezeBeforeTheResult(Duration.ofSeconds(75));
  }

  private void freezeBeforeTheResult(Duration away) throws Exception {
    try (KafkaProcess kafka = KafkaProcess.start(directory.resolve("kafka"));
        Site site = Site.at(kafka.bootstrapServers());
        CommandedPlant press = new CommandedPlant(site, site.uniqueName("away"));
        RecordReader results = site.reader(press.name() + "\\.results");
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
      press.createTopics();
      site.create(press.name(), press.config(true), 1);
      producer.send(press.command(0)).get();
      awaitResult(results, 0);

      CountDownLatch frozen = new CountDownLatch(1);
      press.whenWritten(
          number -> {
            if (number == 1 && frozen.getCount() > 0) {
              kafka.freeze();
              frozen.countDown();
            }
          });
      producer.send(press.command(1)).get();
      producer.send(press.command(2)).get();
      frozen.await();
      try {
        await("Kafka to be away").atMost(LIMIT).pollDelay(away).until(() -> true);
        assertThat(press.order()).containsExactly(0L, 1L);
      } finally {
        kafka.thaw();
      }

      awaitResult(results, 2);
      assertThat(of(results, 1)).singleElement().satisfies(KafkaAwayCommandsIT::isOver);
      assertThat(of(results, 2)).singleElement().satisfies(KafkaAwayCommandsIT::isOver);
      assertThat(press.order()).containsExactly(0L, 1L, 2L);
      assertThat(press.requests().values()).allSatisfy(all -> assertThat(all).hasSize(1));
      assertThat(site.rest().status(press.name()).isRunning(1)).isTrue();
      System.out.printf("Kafka was away for %s: %s%n", away, of(results, 1));
    }
  }

  private static void isOver(Received result) {
    assertThat(result.text("state")).isIn("DONE", "UNKNOWN");
  }

  private static void awaitResult(RecordReader results, long offset) {
    results.awaitAll("result " + offset, LIMIT, all -> !of(all, offset).isEmpty());
  }

  private static List<Received> of(RecordReader results, long offset) {
    return of(results.all(), offset);
  }

  private static List<Received> of(List<Received> results, long offset) {
    return results.stream()
        .filter(result -> result.json().path("command_offset").asLong() == offset)
        .toList();
  }
}
