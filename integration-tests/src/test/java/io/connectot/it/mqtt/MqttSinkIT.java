// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.CountingSubscriber;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of Kafka reach an MQTT broker despite faults of the broker and the worker. */
@Tag("peers")
class MqttSinkIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final int KEYS = 4;
  private static final int EACH = Boolean.getBoolean("campaign") ? 25_000 : 5_000;

  private static Site site;

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void everyRecordArrivesInOrderOfItsKey(int version) throws Exception {
    String name = site.uniqueName("sink");
    createTopic(name, KEYS);
    Sequences sequences = new Sequences(KEYS, EACH);
    try (MqttBroker broker = MosquittoBroker.with(100);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      broker.start();
      try (CountingSubscriber subscriber =
          CountingSubscriber.start(broker.url(), name + "/+", sequences)) {
        site.create(name, MqttSetup.sink(name, broker.url(), version, "${topic}/${key}"), 1);
        produce(producer, name, 0, EACH / 2);
        await("a quarter").atMost(LIMIT).until(() -> sequences.distinct() > KEYS * EACH / 4);
        restart(broker);
        produce(producer, name, EACH / 2, EACH);
        await("a half").atMost(LIMIT).until(() -> sequences.distinct() > KEYS * EACH / 2);
        site.worker().kill();
        restart(broker);
        site.worker().start();
        subscriber.awaitAll(LIMIT);
      }
      Sequences.Count count =
          sequences.count().print("MQTT " + version + ", sink, broker and worker restarted");
      assertThat(count.outOfOrder()).as("out of order").isZero();
      assertThat(count.foreign()).isZero();
    } finally {
      site.rest().delete(name);
    }
  }

  @Test
  void recordsThatCannotBePublishedGoToTheDeadLetterTopic() throws Exception {
    String name = site.uniqueName("sink");
    createTopic(name, 1);
    int records = 100;
    Sequences sequences = new Sequences(1, records);
    try (MqttBroker broker = MosquittoBroker.with(100);
        KafkaProducer<byte[], byte[]> producer = producer();
        RecordReader dead = site.reader(name + "\\.dead")) {
      broker.start();
      try (CountingSubscriber subscriber =
          CountingSubscriber.start(broker.url(), name + "/0", sequences)) {
        Map<String, String> config = MqttSetup.sink(name, broker.url(), 5, "${topic}/${key}");
        config.put("errors.tolerance", "all");
        config.put("errors.deadletterqueue.topic.name", name + ".dead");
        config.put("errors.deadletterqueue.topic.replication.factor", "1");
        config.put("errors.deadletterqueue.context.headers.enable", "true");
        site.create(name, config, 1);
        for (int number = 0; number < records; number++) {
          send(producer, record(name, 0, "0", Sequences.payload(0, number)));
          if (number % 10 == 0) {
            // A topic must not contain a wildcard.
            send(producer, record(name, 0, "wild/#", Sequences.payload(0, number)));
          }
        }
        producer.flush();
        subscriber.awaitAll(LIMIT);
        List<Received> letters =
            dead.awaitAll("dead letters", LIMIT, all -> all.size() == records / 10);
        assertThat(letters).allSatisfy(letter -> assertThat(letter.key()).isEqualTo("wild/#"));
        assertThat(letters.get(0).header("__connect.errors.exception.message")).contains("#");
      }
      assertThat(site.rest().status(name).isRunning(1)).isTrue();
      assertThat(sequences.count().outOfOrder()).isZero();
    } finally {
      site.rest().delete(name);
    }
  }

  @Test
  void theResultTopicSaysWhatTheBrokerAnswered() throws Exception {
    String name = site.uniqueName("sink");
    createTopic(name, 1);
    Path acl = Files.createTempFile("mosquitto", ".acl");
    Files.writeString(acl, "topic readwrite " + name + "/open\n");
    // Mosquitto gives up the rights of root before it reads the file.
    assertThat(acl.toFile().setReadable(true, false)).isTrue();
    try (MqttBroker broker = MosquittoBroker.with(100, "acl_file " + acl);
        KafkaProducer<byte[], byte[]> producer = producer();
        RecordReader results = site.reader(name + "\\.results")) {
      broker.start();
      Map<String, String> config = MqttSetup.sink(name, broker.url(), 5, "${topic}/${key}");
      config.put("mqtt.qos", "${header.qos}");
      config.put("result.topic", name + ".results");
      config.put("result.producer.bootstrap.servers", site.bootstrapServers());
      site.create(name, config, 1);
      for (String key : List.of("open", "secret", "wild/#")) {
        send(producer, record(name, 0, key, "90.5".getBytes(StandardCharsets.UTF_8)));
      }
      for (String qos : List.of("0", "2")) {
        ProducerRecord<byte[], byte[]> record =
            record(name, 0, "open", "91".getBytes(StandardCharsets.UTF_8));
        record.headers().add("qos", qos.getBytes(StandardCharsets.UTF_8));
        send(producer, record);
      }
      producer.flush();
      Map<Long, JsonNode> byOffset = new TreeMap<>();
      for (Received result : results.awaitAll("results", LIMIT, all -> all.size() == 5)) {
        JsonNode value = new ObjectMapper().readTree(result.record().value());
        byOffset.put(value.path("command_offset").asLong(), value);
      }
      assertThat(byOffset.values())
          .extracting(result -> result.path("state").asText())
          .containsExactly("DONE", "FAILED", "REJECTED", "UNKNOWN", "DONE");
      // Nobody subscribes.
      assertThat(byOffset.get(0L).path("status").asText())
          .isEqualTo("0x10 NO_MATCHING_SUBSCRIBERS");
      assertThat(byOffset.get(0L).path("path").asText()).isEqualTo(name + "/open");
      assertThat(byOffset.get(0L).path("asked_value").asText()).isEqualTo("\"90.5\"");
      assertThat(byOffset.get(1L).path("status").asText()).isEqualTo("0x87 NOT_AUTHORIZED");
      assertThat(byOffset.get(2L).path("cause").asText()).contains("#");
      await("the offset behind the last result")
          .atMost(LIMIT)
          .until(() -> committed(name).equals(OptionalLong.of(5)));
      assertThat(site.rest().status(name).isRunning(1)).isTrue();
    } finally {
      site.rest().delete(name);
      Files.delete(acl);
    }
  }

  private static OptionalLong committed(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets("connect-" + name)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(name, 0));
      return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
    }
  }

  @Test
  void headersSurviveTheWayFromKafkaOverMqttToKafka() throws Exception {
    String name = site.uniqueName("round");
    createTopic(name, 1);
    try (MqttBroker broker = MosquittoBroker.with(100);
        KafkaProducer<byte[], byte[]> producer = producer();
        RecordReader reader = site.reader(name + "\\.back")) {
      broker.start();
      site.create(name + "back", MqttSetup.source(name + ".back", broker.url(), 5, name), 1);
      Map<String, String> config = MqttSetup.sink(name, broker.url(), 5, "${topic}/${key}");
      config.put("mqtt.headers", "all");
      config.put("header.converter", "org.apache.kafka.connect.storage.StringConverter");
      site.create(name, config, 1);
      await("the source to have subscribed")
          .atMost(LIMIT)
          .until(
              () -> {
                send(producer, record(name, 0, "probe", "probe".getBytes(StandardCharsets.UTF_8)));
                producer.flush();
                return !reader.all().isEmpty();
              });
      ProducerRecord<byte[], byte[]> record =
          record(name, 0, "k1", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
      record.headers().add("line", "press 1, Größe 3".getBytes(StandardCharsets.UTF_8));
      record.headers().add("shift", "night".getBytes(StandardCharsets.UTF_8));
      send(producer, record);
      producer.flush();
      Received back =
          reader.awaitOne(
              "the record", LIMIT, 0, r -> name.concat("/k1").equals(r.header("mqtt.topic")));

      assertThat(new String(back.record().value(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
      assertThat(back.header("mqtt.user.line")).isEqualTo("press 1, Größe 3");
      assertThat(back.header("mqtt.user.shift")).isEqualTo("night");
    } finally {
      site.rest().delete(name);
      site.rest().delete(name + "back");
    }
  }

  private static void restart(MqttBroker broker) {
    broker.stop();
    await("a while").pollDelay(Duration.ofSeconds(1)).until(() -> true);
    broker.start();
  }

  private static void produce(
      KafkaProducer<byte[], byte[]> producer, String topic, int from, int to) {
    for (int number = from; number < to; number++) {
      for (int key = 0; key < KEYS; key++) {
        send(producer, record(topic, key, Integer.toString(key), Sequences.payload(key, number)));
      }
    }
    producer.flush();
  }

  /** A record that Kafka rejects counts as missing in the test. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, String key, byte[] value) {
    return new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", site.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
