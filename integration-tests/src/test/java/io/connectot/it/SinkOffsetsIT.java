// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WritableDevice;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.sparkplug.fixture.TahuNode;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.plc4x.testing.S7Controller;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The offsets of the sinks of commands over the REST API: set back, commands are carried out again,
 * unless they are too old or a journal has noted them; deleted, the sink begins with the next
 * command. {@link OffsetEdits} has the sources and the MQTT sink.
 */
@Tag("full")
class SinkOffsetsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DONE = "DONE";

  private static Site site;

  /** The value of the next command. */
  private final AtomicLong next = new AtomicLong(1);

  @BeforeAll
  static void startSite() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stopSite() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void modbus() throws Exception {
    try (WritableDevice device = new WritableDevice()) {
      Map<String, String> config = modbus(device);
      String name = rewindsAndResets(config, "holding:10 uint16");
      assertThat(device.written().subList(0, 4)).containsExactly(1, 2, 1, 2);
      expiresWhatIsTooOld(name, config, device);
      site.rest().delete(name);
    }
  }

  @Test
  void opcUa() throws Exception {
    try (PlantServer plant = PlantServer.start()) {
      Map<String, String> config = new LinkedHashMap<>();
      config.put("connector.class", "io.connectot.opcua.OpcUaSinkConnector");
      config.put("devices.press", plant.url());
      config.put("opcua.pki.dir", "target/pki");
      config.put("opcua.trust.auto.accept", "true");
      site.rest().delete(rewindsAndResets(config, PlantServer.address("Scalars.Int64")));
    }
  }

  @Test
  void plc4x() throws Exception {
    try (S7Controller controller = new S7Controller(240)) {
      controller.block(1, new byte[8]);
      Map<String, String> config = new LinkedHashMap<>();
      config.put("connector.class", "io.connectot.plc4x.Plc4xSinkConnector");
      config.put("devices.press", controller.url());
      site.rest().delete(rewindsAndResets(config, "%DB1.DBW2:INT"));
    }
  }

  @Test
  void sparkplug() throws Exception {
    try (MqttBroker broker = new HiveMqBroker()) {
      broker.start();
      try (TahuNode edge = TahuNode.withSetpoints(broker.url(), "shop", "node1")) {
        edge.await(1, "born");
        Map<String, String> config = new LinkedHashMap<>();
        config.put("connector.class", "io.connectot.sparkplug.SparkplugSinkConnector");
        config.put("mqtt.brokers", broker.url());
        config.put("devices.press", "shop/node1/meter");
        config.put("sparkplug.report.timeout.ms", "20000");
        site.rest().delete(rewindsAndResets(config, "Setpoints/Int16"));
      }
    }
  }

  /** What the journal has noted is not carried out again, and has no second result. */
  @Test
  void aJournalOutlivesTheOffsets() throws Exception {
    try (WritableDevice device = new WritableDevice()) {
      String name = site.uniqueName("journal");
      Map<String, String> config = modbus(device);
      config.put("write.delivery", "at-most-once");
      config.put("command.journal.topic", name + ".journal");
      create(name, config, "holding:10 uint16");
      try (RecordReader results = site.reader(name + ".results")) {
        results.awaitAll("results", LIMIT, all -> states(all, 0, 1).equals(List.of(DONE, DONE)));
        setBack(name);
        long offset = send(name);
        results.awaitAll("the next", LIMIT, all -> states(all, offset).equals(List.of(DONE)));
        assertThat(states(results.all(), 0, 1)).containsExactly(DONE, DONE);
        assertThat(device.written()).containsExactly(1, 2, 3);
      }
      site.rest().delete(name);
    }
  }

  private static Map<String, String> modbus(WritableDevice device) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.modbus.ModbusSinkConnector");
    config.put("devices.press", device.url());
    return config;
  }

  /** Returns the name of the connector. */
  private String rewindsAndResets(Map<String, String> config, String address) throws Exception {
    String name = site.uniqueName("sinkoffsets");
    create(name, config, address);
    try (RecordReader results = site.reader(name + ".results")) {
      results.awaitAll("results", LIMIT, all -> states(all, 0, 1).equals(List.of(DONE, DONE)));
      assertThat(setBack(name)).isEqualTo(2);
      results.awaitAll(
          "results once more",
          LIMIT,
          all -> states(all, 0, 1).equals(List.of(DONE, DONE, DONE, DONE)));

      stop(name);
      assertSuccess(site.rest().deleteOffsets(name));
      site.rest().resume(name);
      // What is sent before the task has found the end is before the first command.
      await("a command after the reset")
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                send(name);
                return !newResults(results, 2).isEmpty();
              });
      assertThat(states(results.all(), 0, 1)).as("of old commands").hasSize(4);
    }
    return name;
  }

  private void expiresWhatIsTooOld(String name, Map<String, String> config, WritableDevice device)
      throws Exception {
    stop(name);
    List<Integer> written = device.written();
    config.put("command.ttl.ms", "1");
    site.rest().put(name, config).expectSuccess();
    try (RecordReader results = site.reader(name + ".results")) {
      setBack(name);
      results.awaitAll(
          "expired commands",
          LIMIT,
          all -> states(all, 0, 1).equals(List.of(DONE, DONE, DONE, DONE, "EXPIRED", "EXPIRED")));
    }
    assertThat(device.written()).isEqualTo(written);
  }

  /** Starts a sink with the offset 0 and two commands. */
  private void create(String name, Map<String, String> config, String address) throws Exception {
    createTopics(name);
    config.put("tasks.max", "1");
    config.put("topics", name);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("tags.speed", address + " write=true");
    config.put("command.ttl.ms", "3600000");
    config.put("result.topic", name + ".results");
    config.put("result.producer.bootstrap.servers", site.bootstrapServers());
    config.put("validate.connection", "false");
    send(name);
    send(name);
    site.create(name, config, 1);
    setBack(name);
  }

  /** Sets the offset to 0; returns the one before. */
  private static long setBack(String name) {
    long before = stop(name).at("/offsets/0/offset/kafka_offset").asLong(-1);
    assertSuccess(
        site.rest()
            .alterOffsets(
                name,
                JSON.valueToTree(
                    Map.of(
                        "offsets",
                        List.of(
                            Map.of(
                                "partition", Map.of("kafka_topic", name, "kafka_partition", 0),
                                "offset", Map.of("kafka_offset", 0)))))));
    site.rest().resume(name);
    return before;
  }

  private static JsonNode stop(String name) {
    site.rest().stop(name);
    await("tasks of " + name + " to stop")
        .atMost(LIMIT)
        .until(() -> site.rest().status(name).taskStates().isEmpty());
    return site.rest().offsets(name);
  }

  private static void assertSuccess(ConnectRest.Response response) {
    assertThat(response.isSuccess()).as(response.message()).isTrue();
  }

  /** The states of the results of some commands, in the order in which they came. */
  private static List<String> states(List<RecordReader.Received> results, long... offsets) {
    return results.stream()
        .filter(
            result ->
                Arrays.stream(offsets)
                    .anyMatch(offset -> offset == result.json().path("command_offset").asLong()))
        .map(result -> result.text("state"))
        .toList();
  }

  private static List<RecordReader.Received> newResults(RecordReader results, long first) {
    return results.all(result -> result.json().path("command_offset").asLong() >= first);
  }

  /** Returns the offset of the command. */
  private long send(String topic) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", site.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      String command =
          "{\"device\":\"press\",\"tag\":\"speed\",\"value\":" + next.getAndIncrement() + "}";
      return producer
          .send(new ProducerRecord<>(topic, "press", command))
          .get(1, TimeUnit.MINUTES)
          .offset();
    }
  }

  private static void createTopics(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, 1, (short) 1),
                  new NewTopic(name + ".results", 1, (short) 1),
                  new NewTopic(name + ".journal", 1, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }
}
