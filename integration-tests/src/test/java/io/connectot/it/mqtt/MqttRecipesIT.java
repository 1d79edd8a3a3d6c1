// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.DocPage.Block;
import io.connectot.core.docs.Examples;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerJmx;
import io.connectot.it.mqtt.fixture.MosquittoBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.it.mqtt.fixture.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of the recipes and of other products, through a broker and the packaged plugin. */
@Tag("full")
@ExtendWith(SharedSite.class)
class MqttRecipesIT {
  private static final Duration LIMIT = CountedSource.LIMIT;
  private static final DocPage PAGE = DocPage.of("docs/mqtt-recipes.md");
  private static final String TABLE = "| Device | Tag |";

  private final Site site;

  MqttRecipesIT(Site site) {
    this.site = site;
  }

  /**
   * The messages below the lines of one recipe.
   *
   * @param rows of the tables below the messages, without their blanks
   */
  private record Recipe(Map<String, String> lines, List<Message> messages, List<String> rows) {}

  private record Message(String topic, String payload) {}

  /** The page from top to bottom. */
  static List<Recipe> recipes() {
    List<Recipe> recipes = new ArrayList<>();
    List<List<String>> tables = tables();
    int message = 0;
    for (Block block : PAGE.blocks()) {
      if (block.language().equals("properties")) {
        recipes.add(new Recipe(Examples.lines(block), new ArrayList<>(), new ArrayList<>()));
      } else {
        int end = block.text().indexOf('\n');
        Recipe recipe = recipes.get(recipes.size() - 1);
        recipe.messages.add(
            new Message(
                block.text().substring("// ".length(), end),
                block.text().substring(end + 1).strip()));
        recipe.rows.addAll(tables.get(message++));
      }
    }
    return recipes;
  }

  /** The rows of the generated part below each message. */
  private static List<List<String>> tables() {
    List<List<String>> tables = new ArrayList<>();
    for (String line : PAGE.lines()) {
      if (line.startsWith("<!-- generated: ")) {
        tables.add(new ArrayList<>());
      } else if (line.startsWith("| ") && !line.startsWith(TABLE)) {
        tables.get(tables.size() - 1).add(line.replaceAll(" *\\| *", "|"));
      }
    }
    return tables;
  }

  /** One after the other, because the filters of products overlap. */
  @ParameterizedTest
  @MethodSource("recipes")
  void messagesMakeTheRecordsOfThePage(Recipe recipe) throws Exception {
    makeTheirRecords(List.of(recipe));
  }

  private static Recipe recipe(String line, String topic, String payload, String... rows) {
    return new Recipe(
        Map.of("subscriptions.a", line), List.of(new Message(topic, payload)), List.of(rows));
  }

  @Test
  void oneBadPartDoesNotCostTheRest() throws Exception {
    makeTheirRecords(
        List.of(
            recipe(
                "bad/nan/+ format=object",
                "bad/nan/esp",
                "{\"t\":nan,\"h\":48}",
                "|esp|t|NaN||receipt|GOOD||",
                "|esp|h|48||receipt|GOOD||"),
            recipe(
                "bad/text/+ format=object type=float64",
                "bad/text/ha",
                "{\"t\":21.5,\"h\":\"unavailable\"}",
                "|ha|t|21.5||receipt|GOOD||",
                "|ha|h|null||receipt|BAD|BAD_TYPE: \"unavailable\" is not float64|"),
            recipe(
                "bad/time/+ format=measurement samples=/s value=/v time=/t tag=v device=${1}",
                "bad/time/d",
                "{\"s\":[{\"v\":1,\"t\":1795914262},{\"v\":2,\"t\":\"bad\"},"
                    + "{\"v\":3,\"t\":\"2026-11-28T22:55:31+0100\"},{\"v\":4,\"t\":\"1795914264\"},"
                    + "{\"v\":5,\"t\":\"2026-11-28 21:28:12\"}]}",
                "|d|v|1||2026-11-29T01:04:22Z|GOOD||",
                "|d|v|2||receipt|UNCERTAIN|BAD_TIME: \"bad\" is not a time|",
                "|d|v|3||2026-11-28T21:55:31Z|GOOD||",
                "|d|v|4||2026-11-29T01:04:24Z|GOOD||",
                "|d|v|5||2026-11-28T21:28:12Z|GOOD||"),
            recipe(
                "bad/lines/+ format=lineprotocol",
                "bad/lines/t",
                "cpu idle=5,usage=abc\nbroken\ncpu free=t",
                "|cpu|idle|5.0||receipt|GOOD||",
                "|cpu|free|true||receipt|GOOD||")));
  }

  @Test
  void arraysSeveralLinesOnAFilterAndTablesOfText() throws Exception {
    makeTheirRecords(
        List.of(
            recipe(
                "array/+ format=object time=/time",
                "array/room",
                "[{\"time\":1795914262,\"temperature\":25},{\"time\":1795914263,\"temperature\":26}]",
                "|room|temperature|25||2026-11-29T01:04:22Z|GOOD||",
                "|room|temperature|26||2026-11-29T01:04:23Z|GOOD||"),
            new Recipe(
                Map.of(
                    "subscriptions.a", "two/+ format=measurement value=/a tag=x device=${1}",
                    "subscriptions.b", "two/+ format=measurement value=/b tag=y device=${1}",
                    "subscriptions.c", "two/bridge/# format=drop"),
                List.of(
                    new Message("two/d", "{\"a\":1,\"b\":true}"),
                    new Message("two/bridge", "{\"a\":2,\"b\":false}")),
                List.of("|d|x|1||receipt|GOOD||", "|d|y|true||receipt|GOOD||")),
            recipe(
                "csv/+ format=csv csv.columns=time,temperature,humidity time=/time",
                "csv/s",
                "1795914262,21.5,48",
                "|s|temperature|21.5||2026-11-29T01:04:22Z|GOOD||",
                "|s|humidity|48||2026-11-29T01:04:22Z|GOOD||"),
            recipe(
                "board/+ format=object values=/values time=/ts",
                "board/me",
                "[{\"ts\":1795914262000,\"values\":{\"temp\":21.5}},"
                    + "{\"ts\":1795914263000,\"values\":{\"temp\":21.6}}]",
                "|me|temp|21.5||2026-11-29T01:04:22Z|GOOD||",
                "|me|temp|21.6||2026-11-29T01:04:23Z|GOOD||")));
  }

  @Test
  void theKafkaTopicAndTimestampFollowThePayload() throws Exception {
    try (MqttBroker broker = MosquittoBroker.with(100);
        RecordReader reader = site.reader("recipes[.].*")) {
      broker.start();
      String name =
          create(
              broker,
              Map.of(
                  "subscriptions.a",
                  "old/+ format=object topic=recipes.${/site} topic.separator=. time=/t"));
      awaitConnected(List.of(name));
      try (Publisher publisher = new Publisher(broker.url())) {
        publisher.publish("old/clock", "{\"site\":\"munich/hall1\",\"v\":1,\"t\":12}", false);
      }
      RecordReader.Received record =
          reader.awaitOne("the record", LIMIT, 0, one -> one.text("connector").equals(name));
      assertThat(record.topic()).isEqualTo("recipes.munich.hall1");
      assertThat(record.text("event_time")).isEqualTo("12000");
      assertThat(record.record().timestamp())
          .as("retention must not delete it")
          .isEqualTo(record.json().get("ingest_time").asLong());
      site.rest().delete(name);
    }
  }

  private void makeTheirRecords(List<Recipe> recipes) throws Exception {
    try (MqttBroker broker = MosquittoBroker.with(100);
        RecordReader reader = site.reader("recipes.*|aws[.].*")) {
      broker.start();
      List<String> names = new ArrayList<>();
      for (Recipe recipe : recipes) {
        names.add(create(broker, recipe.lines));
      }
      awaitConnected(names);
      try (Publisher publisher = new Publisher(broker.url())) {
        for (Message message : recipes.stream().flatMap(one -> one.messages.stream()).toList()) {
          publisher.publish(message.topic, message.payload, false);
        }
      }
      for (int i = 0; i < recipes.size(); i++) {
        Recipe recipe = recipes.get(i);
        String name = names.get(i);
        // Mosquitto delivers a copy for each of several filters that match.
        assertThat(rows(reader, name, recipe))
            .as("%s", recipe.lines)
            .containsExactlyInAnyOrderElementsOf(new HashSet<>(recipe.rows));
        site.rest().delete(name);
      }
    }
  }

  private void awaitConnected(List<String> names) throws Exception {
    try (WorkerJmx jmx = site.worker().jmx()) {
      for (String name : names) {
        await(name + " to connect")
            .atMost(LIMIT)
            .until(() -> jmx.pluginMetrics(name, 0).getOrDefault("connection-state", 0.0) == 2.0);
      }
    }
  }

  private String create(MqttBroker broker, Map<String, String> lines) {
    String name = site.uniqueName("recipes");
    Map<String, String> config = MqttSetup.source(name, broker.url(), 5);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.putAll(lines);
    site.create(name, config, 1);
    return name;
  }

  /** The different records of a connector as the rows of the page. */
  private static Set<String> rows(RecordReader reader, String connector, Recipe recipe) {
    Set<String> rows = new LinkedHashSet<>();
    reader.awaitAll(
        "the records of " + recipe.lines,
        LIMIT,
        all -> {
          all.stream()
              .filter(record -> record.text("connector").equals(connector))
              .forEach(record -> rows.add(row(record.json())));
          return rows.containsAll(recipe.rows);
        });
    return rows;
  }

  private static String row(JsonNode record) {
    boolean atReceipt =
        nanos(record, "event_time_ns") / 1_000_000 == record.get("ingest_time").asLong();
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("device", record.get("device").asText());
    cells.put("tag", record.get("tag").asText());
    cells.put("value", value(record));
    cells.put("unit", text(record, "unit"));
    cells.put(
        "time",
        atReceipt
            ? "receipt"
            : Instant.ofEpochSecond(0, nanos(record, "event_time_ns")).toString());
    cells.put("quality", record.get("quality").asText());
    cells.put("status", text(record, "status"));
    return "|" + String.join("|", cells.values()) + "|";
  }

  private static long nanos(JsonNode record, String field) {
    return record.get(field).asLong();
  }

  private static String text(JsonNode record, String field) {
    return record.path(field).isNull() ? "" : record.path(field).asText();
  }

  private static String value(JsonNode record) {
    for (String field : List.of("value_boolean", "value_long", "value_double")) {
      if (!record.get(field).isNull()) {
        return record.get(field).asText();
      }
    }
    return record.get("value_string").isNull()
        ? "null"
        : '"' + record.get("value_string").asText() + '"';
  }
}
