// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.consumers.fixture.Consumers;
import io.connectot.consumers.fixture.Recipes;
import io.connectot.consumers.fixture.Sources;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.quickstart.embedded.KafkaNode;
import io.connectot.quickstart.embedded.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Retention deletes by Kafka's timestamp, so a record must not have the timestamp of a wrong clock.
 * A record that a producer writes with such a timestamp shows that retention has run.
 */
@Tag("peers")
class RetentionIT {
  private static final Instant EPOCH = Instant.ofEpochSecond(12);
  private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

  private final List<Instant> times =
      List.of(EPOCH, FUTURE, Instant.now().minus(365, ChronoUnit.DAYS));

  @Test
  void recordsOfWrongClocksAreStillThereAfterRetention() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "retention");
    try (KafkaNode kafka =
            new KafkaNode(
                directory,
                Ports.free(),
                Map.of(
                    "log.retention.check.interval.ms", "1000",
                    "log.initial.task.delay.ms", "1000"));
        Sources sources = new Sources()) {
      kafka.start();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
          Site site = Consumers.at(kafka.bootstrapServers());
          RecordReader values = site.reader("measurements")) {
        admin.createTopics(List.of(topic("measurements"), topic("control"))).all().get();
        create(site, sources);
        for (Instant time : times) {
          sources.publish("clock/a", "{\"v\":1,\"t\":" + time.getEpochSecond() + "}");
          sources.plant().set(Counters.id(1), time.getEpochSecond(), time);
          Consumers.awaitTrue(
              "values of " + time, () -> connectorsWithTime(values, time).size() == 2);
        }
        long count = values.all().size();

        produceOldRecord(kafka.bootstrapServers());
        Consumers.awaitTrue("retention to run", () -> firstOffset(admin, "control") == 1);

        assertThat(firstOffset(admin, "measurements")).isZero();
        try (RecordReader again = site.reader("measurements")) {
          assertThat(again.all()).hasSizeGreaterThanOrEqualTo((int) count);
          for (Instant time : times) {
            assertThat(connectorsWithTime(again, time))
                .containsExactlyInAnyOrder("filling", "rooms");
          }
        }
        Consumers.assertNoneFailed(site);
      }
    }
  }

  private static void create(Site site, Sources sources) {
    Map<String, String> converters = Recipes.properties("json without schemas");
    Map<String, String> rooms = sources.connector("rooms", converters);
    rooms.put("subscriptions.clock", "clock/+ format=measurement value=/v time=/t");
    site.create("rooms", rooms, 1);
    Map<String, String> filling = sources.connector("filling", converters);
    filling.put("tags.count", PlantServer.address(Counters.id(1)));
    site.create("filling", filling, 1);
  }

  /** Topics whose segments hold an hour, with a retention of ten minutes. */
  private static NewTopic topic(String name) {
    return new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", "600000"));
  }

  private static void produceOldRecord(String servers) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] value = "old".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>("control", null, EPOCH.toEpochMilli(), null, value)).get();
    }
  }

  private static long firstOffset(Admin admin, String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.earliest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private static Set<String> connectorsWithTime(RecordReader values, Instant time) {
    return values.all().stream()
        .filter(
            record -> record.json().path("event_time").asLong() / 1_000 == time.getEpochSecond())
        .map(record -> record.text("connector"))
        .collect(Collectors.toSet());
  }
}
