// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.sparkplug.fixture.EdgeProcess;
import io.connectot.it.sparkplug.fixture.SparkplugClientNode;
import io.connectot.it.sparkplug.fixture.TahuNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands to edge nodes that are not ours, which report what they took. */
@Tag("full")
@Tag("peers")
class ForeignCommandsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String GROUP = "shop";

  /** Values of commands by the type of the metric; 64 bits where the edge node has them. */
  private static final Map<String, String> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("Int8", "-100");
    VALUES.put("Int16", "-30000");
    VALUES.put("Int64", "-9007199254740993");
    VALUES.put("UInt8", "255");
    VALUES.put("UInt16", "65534");
    VALUES.put("UInt64", "9007199254740993");
    VALUES.put("Float", "12.5");
    VALUES.put("Double", "0.30000000000000004");
    VALUES.put("Boolean", "false");
    VALUES.put("String", "\"grün\"");
    VALUES.put("DateTime", "\"2026-11-28T21:28:12.123Z\"");
    VALUES.put("Text", "\"another text\"");
    VALUES.put("UUID", "\"8f3d1c3e-0000-4000-8000-000000000002\"");
    VALUES.put("Bytes", "\"AP+A\"");
  }

  private static Site site;

  @BeforeAll
  static void start() throws IOException {
    site = Site.start();
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void sparkplugClientTakesEveryType() throws Exception {
    Map<String, String> values = new LinkedHashMap<>(VALUES);
    values.put("Counters/Parts", "1450");
    values.put("UInt32", "2000000000");
    try (MqttBroker broker = MosquittoBroker.with(1_000)) {
      broker.start();
      try (EdgeProcess edge =
          new SparkplugClientNode(broker.url(), GROUP, "node1", "{\"alias\":true}")) {
        edge.await(1, "born");
        Map<String, String> tags = new LinkedHashMap<>();
        values.keySet().forEach(metric -> tags.put(tag(metric), metric + " device=device"));
        tags.put("count", "Count device=node");
        tags.put("table", "DataSet device=device");
        tags.put("motor", "Motor device=device");
        List<String> commands = new ArrayList<>();
        values.forEach((metric, value) -> commands.add(command("device", tag(metric), value)));
        commands.add(command("node", "count", "7"));
        commands.add(command("node", "rebirth", "true"));
        commands.add(command("device", "table", "[{\"n\":1}]"));
        commands.add(command("device", "motor", "{\"speed\":1}"));

        List<JsonNode> results = run(broker, "press", "node1", tags, commands);

        int done = commands.size() - 2;
        assertThat(results.subList(0, done)).allSatisfy(ForeignCommandsIT::isVerified);
        assertThat(edge.lines("dcmd")).hasSize(values.size());
        assertThat(edge.lines("dcmd"))
            .contains("dcmd press/Counters/Parts 1450", "dcmd press/Int64 -9007199254740993");
        assertThat(edge.lines("ncmd")).contains("ncmd Count 7");
        assertThat(results.subList(done, commands.size()))
            .allSatisfy(result -> assertThat(result.path("state").asText()).isEqualTo("REJECTED"));
        assertThat(results.get(done).path("cause").asText()).contains("DataSet");
        assertThat(results.get(done + 1).path("cause").asText()).contains("Template");
      }
    }
  }

  @Test
  void tahuTakesEveryType() throws Exception {
    Map<String, String> values = new LinkedHashMap<>(VALUES);
    // Another value than at the start.
    values.put("Boolean", "true");
    values.put("Int32", "-2147483648");
    values.put("UInt32", "4294967295");
    values.put("UInt64", "18446744073709551615");
    values.put("Int32Array", "[1,-2,2147483647]");
    values.put("DoubleArray", "[0.1,-3]");
    values.put("BooleanArray", "[true,false,true]");
    values.put("StringArray", "[\"a\",\"grün\"]");
    try (MqttBroker broker = new HiveMqBroker()) {
      broker.start();
      try (EdgeProcess edge = TahuNode.withSetpoints(broker.url(), GROUP, "tahu1")) {
        edge.await(1, "born");
        Map<String, String> tags = new LinkedHashMap<>();
        values
            .keySet()
            .forEach(type -> tags.put(tag(type), "Setpoints/" + type + " device=device"));
        List<String> commands = new ArrayList<>();
        values.forEach((type, value) -> commands.add(command("device", tag(type), value)));

        List<JsonNode> results = run(broker, "meter", "tahu1", tags, commands);

        assertThat(results).allSatisfy(ForeignCommandsIT::isVerified);
        assertThat(edge.lines("command spBv1.0/shop/DCMD")).hasSize(values.size());
      }
    }
  }

  private static void isVerified(JsonNode result) {
    assertThat(result.path("state").asText()).as(result.toString()).isEqualTo("DONE");
    assertThat(result.path("is_verified").asBoolean()).as(result.toString()).isTrue();
  }

  private static String tag(String metric) {
    return metric.replace('/', '-');
  }

  private static String command(String device, String tag, String value) {
    return "{\"device\":\"" + device + "\",\"tag\":\"" + tag + "\",\"value\":" + value + "}";
  }

  /** Returns the results in the order of the commands, which are of one tag each. */
  private static List<JsonNode> run(
      MqttBroker broker,
      String device,
      String node,
      Map<String, String> tags,
      List<String> commands)
      throws Exception {
    String name = site.uniqueName("commands");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, 1, (short) 1), new NewTopic(name + ".results", 1, (short) 1)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.sparkplug.SparkplugSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", name);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("mqtt.brokers", broker.url());
    config.put("devices.node", GROUP + "/" + node);
    config.put("devices.device", GROUP + "/" + node + "/" + device);
    config.put("tags.rebirth", "\"Node Control/Rebirth\" device=node write=true");
    tags.forEach((tag, line) -> config.put("tags." + tag, line + " write=true"));
    config.put("command.ttl.ms", "3600000");
    config.put("sparkplug.report.timeout.ms", "20000");
    config.put("result.topic", name + ".results");
    config.put("result.producer.bootstrap.servers", site.bootstrapServers());
    site.create(name, config, 1);
    try (KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", site.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
        RecordReader results = site.reader(name + ".results")) {
      for (String command : commands) {
        producer.send(new ProducerRecord<>(name, "press", command)).get(1, TimeUnit.MINUTES);
      }
      results.awaitAll("results", LIMIT, all -> all.size() >= commands.size());
      return results.all().stream()
          .map(RecordReader.Received::json)
          .sorted(Comparator.comparingLong(result -> result.path("command_offset").asLong()))
          .toList();
    } finally {
      site.rest().delete(name);
    }
  }
}
