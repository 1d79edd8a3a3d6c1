// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Site;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.sparkplug.fixture.SparkplugClientNode;
import io.connectot.it.sparkplug.fixture.TahuNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edge nodes that are not ours, through brokers that are not ours. */
@Tag("full")
@Tag("peers")
class ForeignEdgeNodeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String GROUP = "shop";

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

  private static MqttBroker broker(String name) {
    return name.equals("mosquitto") ? MosquittoBroker.with(1_000) : new HiveMqBroker();
  }

  private static String source(MqttBroker broker) {
    String name = site.uniqueName("sparkplug");
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.connectot.sparkplug.SparkplugSourceConnector");
    config.put("tasks.max", "1");
    config.put("mqtt.brokers", broker.url());
    config.put("sparkplug.host.id", "host");
    config.put("sparkplug.role", "primary");
    config.put("sparkplug.groups", GROUP);
    config.put("sparkplug.reorder.timeout.ms", "500");
    config.put("sparkplug.rebirth.min.interval.ms", "500");
    config.put("topic", name);
    config.put("status.topic", name + ".status");
    config.put("gap.topic", name + ".gaps");
    config.put("reconnect.backoff.ms", "100");
    config.put("reconnect.backoff.max.ms", "1000");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    site.create(name, config, 1);
    return name;
  }

  @ParameterizedTest
  @CsvSource({
    "mosquitto, '{\"alias\":true}'",
    "mosquitto, '{\"alias\":false,\"compress\":\"DEFLATE\"}'",
    "hivemq, '{\"alias\":false}'",
    "hivemq, '{\"alias\":true,\"compress\":\"GZIP\"}'"
  })
  void everyTypeIsExact(String brokerName, String options) throws Exception {
    try (MqttBroker broker = broker(brokerName)) {
      broker.start();
      String name = source(broker);
      try (SparkplugClientNode edge =
              new SparkplugClientNode(broker.url(), GROUP, "node1", options);
          RecordReader values = site.reader(name);
          RecordReader statuses = site.reader(name + ".status")) {
        edge.await(1, "born");
        values.awaitOne("the births", LIMIT, 0, of("shop/node1/press", "Motor"));
        awaitState(statuses, "shop/node1", "ONLINE");
        awaitState(statuses, "shop/node1/press", "ONLINE");
        births(values);

        edge.send("device -13");
        Received data =
            values.awaitOne(
                "data of the device",
                LIMIT,
                0,
                of("shop/node1/press", "Counters/Parts")
                    .and(record -> record.json().path("value_long").asLong() == -13));
        assertThat(data.json().path("type").asText()).isEqualTo("INT32");
        edge.send("node 7");
        values.awaitOne(
            "data of the node",
            LIMIT,
            0,
            of("shop/node1", "Count")
                .and(record -> record.json().path("value_long").asLong() == 7));
        assertThat(values.all(record -> record.json().path("tag").asText().startsWith("alias")))
            .isEmpty();
      } finally {
        site.rest().delete(name);
      }
    }
  }

  private static void births(RecordReader values) {
    assertThat(value(values, "Counters/Parts", "INT32").path("value_long").asLong()).isEqualTo(-12);
    assertThat(value(values, "Int8", "INT8").path("value_long").asLong()).isEqualTo(-12);
    assertThat(value(values, "Int16", "INT16").path("value_long").asLong()).isEqualTo(-1234);
    assertThat(value(values, "Int64", "INT64").path("value_long").asLong())
        .isEqualTo(-9_007_199_254_740_991L);
    assertThat(value(values, "UInt8", "UINT8").path("value_long").asLong()).isEqualTo(200);
    assertThat(value(values, "UInt16", "UINT16").path("value_long").asLong()).isEqualTo(65_535);
    assertThat(value(values, "UInt32", "UINT32").path("value_long").asLong())
        .isEqualTo(4_294_967_295L);
    assertThat(value(values, "UInt64", "UINT64").path("value_long").asLong())
        .isEqualTo(9_007_199_254_740_991L);
    JsonNode single = value(values, "Float", "FLOAT32");
    assertThat(single.path("value_double").asText()).isEqualTo("90.6");
    assertThat(single.path("unit").asText()).isEqualTo("°C");
    assertThat(value(values, "Double", "FLOAT64").path("value_double").asText()).isEqualTo("0.1");
    assertThat(value(values, "Boolean", "BOOLEAN").path("value_boolean").asBoolean()).isTrue();
    assertThat(value(values, "String", "STRING").path("value_string").asText()).isEqualTo("größe");
    assertThat(value(values, "DateTime", "DATETIME").path("value_string").asText())
        .isEqualTo("2023-11-14T22:13:20.123Z");
    assertThat(value(values, "Text", "STRING").path("value_string").asText()).isEqualTo("a text");
    assertThat(value(values, "UUID", "STRING").path("value_string").asText())
        .isEqualTo("8f3d1c3e-0000-4000-8000-000000000001");
    assertThat(value(values, "Bytes", "BYTES").path("value_bytes").asText()).isEqualTo("AQL/");
    assertThat(value(values, "DataSet", "JSON").path("value_string").asText())
        .isEqualTo("[{\"n\":-1,\"s\":\"x\"}]");
    assertThat(value(values, "Motor", "JSON").path("value_string").asText())
        .isEqualTo("{\"template\":\"Motor\",\"version\":\"v1\",\"metrics\":{\"speed\":90.6}}");
    JsonNode none = values.all(of("shop/node1/press", "Null")).get(0).json();
    assertThat(none.path("quality").asText()).isEqualTo("UNCERTAIN");
    assertThat(none.path("status").asText()).isEqualTo("NO_VALUE");
  }

  private static JsonNode value(RecordReader values, String tag, String type) {
    JsonNode json = values.all(of("shop/node1/press", tag)).get(0).json();
    assertThat(json.path("type").asText()).as(tag).isEqualTo(type);
    assertThat(json.path("quality").asText()).as(tag).isEqualTo("GOOD");
    return json;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mosquitto", "hivemq"})
  void deathsAndRebirthsAreSeen(String brokerName) throws Exception {
    try (MqttBroker broker = broker(brokerName)) {
      broker.start();
      String name = source(broker);
      try (RecordReader values = site.reader(name);
          RecordReader statuses = site.reader(name + ".status");
          RecordReader gaps = site.reader(name + ".gaps")) {
        try (SparkplugClientNode edge =
            new SparkplugClientNode(
                broker.url(), GROUP, "node1", "{\"alias\":true,\"publishDeath\":true}")) {
          edge.await(1, "born");
          awaitState(statuses, "shop/node1/press", "ONLINE");
          // A device's own death and birth.
          edge.send("ddeath");
          awaitState(statuses, "shop/node1/press", "OFFLINE");
          values.awaitOne(
              "its tags to be BAD",
              LIMIT,
              0,
              of("shop/node1/press", "Int8")
                  .and(record -> record.json().path("quality").asText().equals("BAD")));
          int position = statuses.position();
          edge.send("dbirth");
          awaitState(statuses, position, "shop/node1/press", "ONLINE");

          // A missing number: a gap, and new births.
          edge.send("skip");
          edge.send("device 1");
          edge.await(2, "born");
          assertThat(edge.lines("ncmd")).first().isEqualTo("ncmd Node Control/Rebirth true");
          gaps.awaitOne(
              "the gap",
              LIMIT,
              0,
              record -> record.json().path("device").asText().equals("shop/node1"));

          // An orderly end.
          position = statuses.position();
          edge.send("stop");
          edge.awaitEnd();
          awaitState(statuses, position, "shop/node1", "OFFLINE");
          awaitState(statuses, position, "shop/node1/press", "OFFLINE");
        }
        int position = statuses.position();
        try (SparkplugClientNode edge =
            new SparkplugClientNode(broker.url(), GROUP, "node1", "{\"alias\":true}")) {
          edge.await(1, "born");
          awaitState(statuses, position, "shop/node1/press", "ONLINE");
          position = statuses.position();
          // The broker publishes the will.
          edge.kill();
          awaitState(statuses, position, "shop/node1/press", "OFFLINE");
        }
      } finally {
        site.rest().delete(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mosquitto", "hivemq"})
  void anEdgeNodeStoresWhileItsPrimaryHostIsAway(String brokerName) throws Exception {
    try (MqttBroker broker = broker(brokerName)) {
      broker.start();
      try (TahuNode edge = new TahuNode(broker.url(), GROUP, "tahu1", "host")) {
        edge.send("run 50");
        String name = source(broker);
        try (RecordReader values = site.reader(name);
            RecordReader gaps = site.reader(name + ".gaps")) {
          edge.await(1, "born");
          values.awaitAll("values", LIMIT, all -> counts(all).size() > 20);
          // Stopped, so the host goes offline; started again.
          site.rest().stop(name);
          edge.await(1, "offline");
          site.rest().resume(name);
          edge.await(2, "born");
          int seen = counts(values.all()).size();
          values.awaitAll("more values", LIMIT, all -> counts(all).size() > seen + 20);
          edge.send("pause");
          int last = Integer.parseInt(edge.await(1, "paused").split(" ", -1)[1]);
          values.awaitAll("the last value", LIMIT, all -> counts(all).containsKey(last));

          assertThat(counts(values.all()).values()).contains(true, false);
          // What was under way when the host stopped is lost, and reported.
          awaitReported(values, gaps, last);
          edge.send("stop");
        } finally {
          site.rest().delete(name);
        }
      }
    }
  }

  /** Waits until every number has arrived, or is in a gap between those around it. */
  private static void awaitReported(RecordReader values, RecordReader gaps, int last) {
    Awaitility.await("every number or its gap")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              NavigableMap<Integer, Long> times = times(values.all());
              List<JsonNode> known = gaps.all().stream().map(Received::json).toList();
              for (int number = times.firstKey(); number < last; number++) {
                if (!times.containsKey(number)) {
                  long before = times.lowerEntry(number).getValue();
                  long after = times.higherEntry(number).getValue();
                  assertThat(known)
                      .as("gap of number %d, from %d to %d", number, before, after)
                      .anyMatch(
                          gap ->
                              gap.path("device").asText().startsWith("shop/tahu1")
                                  && gap.path("gap_start").asLong() <= after
                                  && gap.path("gap_end").asLong() >= before);
                }
              }
            });
  }

  private static NavigableMap<Integer, Long> times(List<Received> records) {
    NavigableMap<Integer, Long> times = new TreeMap<>();
    records.stream()
        .filter(of("shop/tahu1/meter", "Counters/c9"))
        .filter(record -> record.json().path("quality").asText().equals("GOOD"))
        .forEach(
            record ->
                times.put(
                    record.json().path("value_long").asInt(),
                    record.json().path("event_time").asLong()));
    return times;
  }

  /** The numbers in the order of their first arrival, and whether they came as history. */
  private static Map<Integer, Boolean> counts(List<Received> records) {
    Map<Integer, Boolean> counts = new LinkedHashMap<>();
    records.stream()
        .filter(of("shop/tahu1/meter", "Counters/c9"))
        .filter(record -> record.json().path("quality").asText().equals("GOOD"))
        .filter(record -> record.json().path("value_long").asInt() > 0)
        .forEach(
            record ->
                counts.putIfAbsent(
                    record.json().path("value_long").asInt(),
                    record.json().path("is_historical").asBoolean()));
    return counts;
  }

  private static Predicate<Received> of(String device, String tag) {
    return record ->
        record.json().path("device").asText().equals(device)
            && record.json().path("tag").asText().equals(tag);
  }

  private static void awaitState(RecordReader statuses, String device, String state) {
    awaitState(statuses, 0, device, state);
  }

  private static void awaitState(RecordReader statuses, int from, String device, String state) {
    statuses.awaitOne(
        device + " to be " + state,
        LIMIT,
        from,
        record ->
            record.json().path("device").asText().equals(device)
                && record.json().path("state").asText().equals(state));
  }
}
