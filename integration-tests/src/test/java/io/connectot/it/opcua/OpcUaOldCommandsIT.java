// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No command reaches the device that is older than the sink, or that came while it was stopped. */
@Tag("full")
class OpcUaOldCommandsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int OLD = 50;
  private static final int STOPPED = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Site site;

  private final String name = site.uniqueName("old");

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stopSite() {
    site.close();
  }

  @Test
  void noOldCommandReachesTheDevice() throws Exception {
    createTopics();
    try (PlantServer plant = PlantServer.start();
        KafkaProducer<String, String> producer = producer();
        RecordReader reader = site.reader(name + "\\.results")) {
      for (int number = 0; number < OLD; number++) {
        send(producer, number, System.currentTimeMillis());
      }
      site.create(name, config(plant), 1);

      // A command that comes before the task has its partition is older than the sink, too.
      long live = sendUntilDone(producer, reader, OLD);
      assertThat(results(reader.all()).keySet()).allMatch(offset -> offset >= OLD);
      int writes = plant.faults().requests(Service.ATTRIBUTE_WRITE);
      assertThat(done(reader.all())).isEqualTo(writes);

      site.rest().stop(name);
      long hour = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);
      for (int number = 0; number < STOPPED; number++) {
        send(producer, live + number, hour + number * TimeUnit.MINUTES.toMillis(1) / 2);
      }
      site.rest().resume(name);
      long end = live + STOPPED;
      reader.awaitAll("results of old commands", LIMIT, all -> results(all).containsKey(end - 1));
      assertThat(states(reader.all(), live, end)).hasSize(STOPPED).containsOnly("EXPIRED");
      assertThat(plant.faults().requests(Service.ATTRIBUTE_WRITE)).isEqualTo(writes);

      sendUntilDone(producer, reader, end);
      assertThat(done(reader.all())).isEqualTo(plant.faults().requests(Service.ATTRIBUTE_WRITE));
      assertThat(plant.value("Scalars.Int64").value().value())
          .asString()
          .satisfies(value -> assertThat(Long.parseLong(value)).isGreaterThanOrEqualTo(end));
    } finally {
      site.rest().delete(name);
    }
  }

  /**
   * Sends commands until the device has the last one, which may take a while after a start, and
   * returns the next offset.
   */
  private long sendUntilDone(KafkaProducer<String, String> producer, RecordReader reader, long from)
      throws InterruptedException {
    long next = from;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      long last = next++;
      send(producer, last, System.currentTimeMillis());
      TimeUnit.SECONDS.sleep(1);
      if (states(reader.all(), last, next).contains("DONE")) {
        return next;
      }
      assertThat(System.nanoTime() - deadline).as("no command is done").isNegative();
    }
  }

  private static int done(List<Received> records) {
    return (int) states(records, 0, Long.MAX_VALUE).stream().filter("DONE"::equals).count();
  }

  /** By the offset of the command. */
  private static Map<Long, JsonNode> results(List<Received> records) {
    Map<Long, JsonNode> results = new TreeMap<>();
    for (Received record : records) {
      try {
        JsonNode result = JSON.readTree(record.record().value());
        results.put(result.path("command_offset").asLong(), result);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return results;
  }

  private static List<String> states(List<Received> records, long from, long to) {
    return results(records).entrySet().stream()
        .filter(result -> result.getKey() >= from && result.getKey() < to)
        .map(result -> result.getValue().path("state").asText())
        .toList();
  }

  private void send(KafkaProducer<String, String> producer, long number, long timestamp) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                name,
                0,
                timestamp,
                "press",
                "{\"device\":\"press\",\"tag\":\"number\",\"value\":" + number + "}"));
    producer.flush();
  }

  private static KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", site.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }

  private Map<String, String> config(PlantServer plant) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.opcua.OpcUaSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", name);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("devices.press", plant.url());
    config.put("tags.number", PlantServer.address("Scalars.Int64") + " write=true");
    config.put("command.ttl.ms", "30000");
    config.put("result.topic", name + ".results");
    config.put("result.producer.bootstrap.servers", site.bootstrapServers());
    config.put("opcua.pki.dir", "target/pki");
    config.put("opcua.trust.auto.accept", "true");
    config.put("validate.connection", "false");
    config.put("reconnect.backoff.ms", "100");
    return config;
  }

  private void createTopics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, 1, (short) 1), new NewTopic(name + ".results", 1, (short) 1)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }
}
