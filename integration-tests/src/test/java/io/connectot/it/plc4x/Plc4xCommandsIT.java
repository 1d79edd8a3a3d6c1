// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.Site;
import io.connectot.plc4x.testing.S7Controller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged sink writes to an S7 controller what records ask for. */
class Plc4xCommandsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
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
  void writesCommandsAndReportsThem() throws Exception {
    String name = site.uniqueName("plccommands");
    try (S7Controller controller = new S7Controller(240)) {
      controller.block(1, new byte[8]);
      createTopics(name);
      site.create(name, config(name, controller), 1);

      send(name, "speed", "12.5");
      send(name, "speed", "51");
      send(name, "start", "true");

      Map<Long, JsonNode> results = awaitResults(name, 3);
      assertThat(results.get(0L).path("state").asText()).as("%s", results).isEqualTo("DONE");
      assertThat(results.get(0L).path("is_verified").asBoolean()).isTrue();
      assertThat(results.get(0L).path("protocol").asText()).isEqualTo("plc4x:s7-light");
      assertThat(results.get(1L).path("state").asText()).isEqualTo("REJECTED");
      assertThat(results.get(2L).path("state").asText()).isEqualTo("DONE");
      assertThat(ByteBuffer.wrap(controller.memory(1)).getShort(2)).isEqualTo((short) 125);
      assertThat(controller.memory(1)[4]).isEqualTo((byte) 1);
      assertThat(controller.written(1)).hasSize(2);
    } finally {
      site.rest().delete(name);
    }
  }

  private static Map<String, String> config(String name, S7Controller controller) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.plc4x.Plc4xSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", name);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("devices.press", controller.url());
    config.put("tags.speed", "%DB1.DBW2:INT scale=0.1 write=true min=0 max=50 write.verify=read");
    config.put("tags.start", "%DB1.DBX4.0:BOOL write=true");
    config.put("command.ttl.ms", "3600000");
    config.put("result.topic", name + ".results");
    config.put("result.producer.bootstrap.servers", site.bootstrapServers());
    config.put("consumer.override.auto.offset.reset", "earliest");
    return config;
  }

  private static void createTopics(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, 1, (short) 1), new NewTopic(name + ".results", 1, (short) 1)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  private static void send(String topic, String tag, String value) throws Exception {
    String command = "{\"device\":\"press\",\"tag\":\"" + tag + "\",\"value\":" + value + "}";
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", site.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "press", command)).get(1, TimeUnit.MINUTES);
    }
  }

  /** The results by the offset of their commands, once all have one. */
  private static Map<Long, JsonNode> awaitResults(String name, int commands) {
    Map<Long, JsonNode> results = new LinkedHashMap<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", site.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(name + ".results", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await("results")
          .atMost(LIMIT)
          .until(
              () -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                  JsonNode result = JSON.readTree(record.value());
                  results.put(result.path("command_offset").asLong(), result);
                }
                return results.size() >= commands;
              });
    }
    return results;
  }
}
