// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.sparkplug.fixture.TahuNode;
import io.connectot.quickstart.embedded.ConnectRest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads, changes and deletes the stored offsets of every connector over the REST API, and checks
 * that a connector continues from what was set.
 */
final class OffsetEdits {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String LONG_AGO = "2020-01-01T00:00:00Z";
  private static final long LONG_AGO_NANOS = 1_577_836_800_000_000_000L;

  /** Higher than the start number of any task of the test. */
  private static final int GENERATION = 4_100;

  private final String run;
  private final String kafka;
  private final ConnectRest rest;
  private final RecordReader reader;

  /**
   * @param kafka its bootstrap servers
   * @param rest a worker that runs {@link EveryConnector#all}
   * @param reader of all topics of the run
   */
  private OffsetEdits(String run, String kafka, ConnectRest rest, RecordReader reader) {
    this.run = run;
    this.kafka = kafka;
    this.rest = rest;
    this.reader = reader;
  }

  /**
   * Checks every connector of a run; they are stopped afterwards, and have no offsets.
   *
   * @param kafka its bootstrap servers
   * @param broker the URL of the MQTT broker
   * @param rest a worker that runs {@link EveryConnector#all}
   */
  static void check(String run, String kafka, String broker, ConnectRest rest) throws Exception {
    try (RecordReader reader = new RecordReader(kafka, run + "\\..*")) {
      OffsetEdits edits = new OffsetEdits(run, kafka, rest, reader);
      edits.polledDevice("-modbus", "device1");
      edits.polledDevice("-plc4x", "sim");
      edits.opcUa();
      edits.sink();
      edits.mqttSource();
      edits.sparkplug(broker);
    }
  }

  /** A polled device has no history: what is missing since the time is a gap. */
  private void polledDevice(String connector, String device) throws Exception {
    String name = run + connector;
    String topic = run + connector.replace('-', '.') + ".gaps";
    JsonNode stored = stop(name);
    assertThat(only(stored, name).at("/partition/device").asText()).isEqualTo(device);
    assertThat(only(stored, name).at("/offset/timestamp_ns").isIntegralNumber()).isTrue();

    patch(name, Map.of("device", device), Map.of("timestamp_ns", LONG_AGO_NANOS));
    assertThat(only(rest.offsets(name), name).at("/offset/timestamp_ns").asLong())
        .isEqualTo(LONG_AGO_NANOS);
    int position = reader.position();
    rest.resume(name);
    reader.awaitOne("a gap of " + name, LIMIT, position, gap -> isSinceLongAgo(gap, topic));

    delete(name);
    int deleted = reader.position();
    rest.resume(name);
    awaitValue(deleted, run + connector.replace('-', '.'));
    assertThat(reader.all().stream().skip(deleted)).noneMatch(gap -> isSinceLongAgo(gap, topic));
    delete(name);
  }

  private static boolean isSinceLongAgo(Received record, String topic) {
    return record.topic().equals(topic)
        && record.json().path("gap_start").asLong() == LONG_AGO_NANOS / 1_000_000;
  }

  /** The history of a tag is read again from the time on. */
  private void opcUa() throws Exception {
    String name = run + "-opcua";
    String topic = run + ".opcua";
    JsonNode offset = only(stop(name), name);
    assertThat(offset.at("/partition/tag").asText()).isEqualTo("plant/count");
    assertThat(offset.at("/offset/node").asText()).startsWith("nsu=");
    long first =
        reader
            .all(record -> record.topic().equals(topic))
            .get(0)
            .json()
            .path("value_long")
            .asLong();

    patch(name, Map.of("tag", "plant/count"), Map.of("time", LONG_AGO));
    int position = reader.position();
    rest.resume(name);
    reader.awaitOne(
        "the first value of " + name + " once more",
        LIMIT,
        position,
        record ->
            record.topic().equals(topic)
                && record.json().path("is_historical").asBoolean()
                && record.json().path("value_long").asLong() <= first);

    stop(name);
    ConnectRest.Response refused = alter(name, Map.of("node", "count"), Map.of("time", LONG_AGO));
    assertThat(refused.isSuccess()).isFalse();
    assertThat(refused.message()).contains("{\"tag\": \"<device>/<tag>\"}");

    delete(name);
    int deleted = reader.position();
    rest.resume(name);
    awaitValue(deleted, topic);
    assertThat(
            reader.all().stream()
                .skip(deleted)
                .filter(record -> record.topic().equals(topic))
                .filter(record -> record.json().path("is_historical").asBoolean()))
        .isEmpty();
    delete(name);
  }

  /** The broker keeps the position in the messages; the offset says what a session is. */
  private void mqttSource() throws Exception {
    String name = run + "-mqtt";
    JsonNode offset = only(stop(name), name);
    String clientId = offset.at("/partition/client_id").asText();
    ObjectNode changed = (ObjectNode) offset.get("offset").deepCopy();
    changed.put("generation", GENERATION);
    patch(name, Map.of("client_id", clientId), changed);

    int position = reader.position();
    rest.resume(name);
    EveryConnector.command(kafka, run, "again");
    awaitValue(position, run + ".mqtt");
    assertThat(only(stop(name), name).at("/offset/generation").asLong()).isGreaterThan(GENERATION);

    delete(name);
    int deleted = reader.position();
    rest.resume(name);
    EveryConnector.command(kafka, run, "once more");
    awaitValue(deleted, run + ".mqtt");
    assertThat(only(stop(name), name).at("/offset/generation").asLong()).isLessThan(GENERATION);
    delete(name);
  }

  /** The commands from the offset on are published again, and the MQTT source receives them. */
  private void sink() throws Exception {
    String name = run + "-sink";
    Map<String, Object> partition =
        Map.of("kafka_topic", EveryConnector.commands(run), "kafka_partition", 0);
    JsonNode stored = stop(name);
    assertThat(only(stored, name).at("/offset/kafka_offset").asLong()).isPositive();

    patch(name, partition, Map.of("kafka_offset", 0));
    publishesAgain(name);
    delete(name);
    publishesAgain(name);
    delete(name);
  }

  private void publishesAgain(String name) throws Exception {
    int position = reader.position();
    rest.resume(name);
    awaitValue(position, run + ".mqtt");
    stop(name);
  }

  /** The births of an edge node and its device, and how far its messages are known. */
  private void sparkplug(String broker) throws Exception {
    String name = run + "-sparkplug";
    String values = run + ".sparkplug.values";
    String node = run + "/press";
    try (TahuNode edge = new TahuNode(broker, run, "press", null)) {
      edge.await(1, "born");
      edge.send("run 100");
      awaitValue(reader.position(), values);
      JsonNode stored = offset(stop(name), node);
      assertThat(stored.path("birth").isTextual()).isTrue();
      assertThat(stored.path("alive").asBoolean()).isTrue();
      ConnectRest.Response refused = alter(name, Map.of("edge", node), Map.of("seq", "x"));
      assertThat(refused.isSuccess()).isFalse();
      assertThat(refused.message()).contains("it can only be reset (null)");

      for (String edgeOrDevice : List.of(node, node + "/meter")) {
        ObjectNode changed = (ObjectNode) offset(rest.offsets(name), edgeOrDevice).deepCopy();
        changed.put("seen_ns", LONG_AGO_NANOS);
        patch(name, Map.of("edge", edgeOrDevice), changed);
      }
      int position = reader.position();
      rest.resume(name);
      reader.awaitOne(
          "a gap of " + name, LIMIT, position, gap -> isSinceLongAgo(gap, run + ".sparkplug.gaps"));

      delete(name);
      int asked = edge.lines("command").size();
      int deleted = reader.position();
      rest.resume(name);
      edge.await(asked + 1, "command");
      awaitValue(deleted, values);
      delete(name);
    }
  }

  private static JsonNode offset(JsonNode offsets, String edge) {
    for (JsonNode entry : offsets.get("offsets")) {
      if (entry.at("/partition/edge").asText().equals(edge)) {
        return entry.get("offset");
      }
    }
    throw new AssertionError("no offset of " + edge + " in " + offsets);
  }

  /** Stops a connector and returns its offsets. */
  private JsonNode stop(String name) {
    rest.stop(name);
    await("tasks of " + name + " to stop")
        .atMost(LIMIT)
        .until(() -> rest.status(name).taskStates().isEmpty());
    return rest.offsets(name);
  }

  private void patch(String name, Object partition, Object offset) {
    ConnectRest.Response response = alter(name, partition, offset);
    assertThat(response.isSuccess()).as("%s: %s", name, response.message()).isTrue();
  }

  private ConnectRest.Response alter(String name, Object partition, Object offset) {
    ObjectNode entry = JSON.createObjectNode();
    entry.set("partition", JSON.valueToTree(partition));
    entry.set("offset", JSON.valueToTree(offset));
    ObjectNode body = JSON.createObjectNode();
    body.putArray("offsets").add(entry);
    return rest.alterOffsets(name, body);
  }

  /** Stops a connector and deletes its offsets. */
  private void delete(String name) {
    stop(name);
    ConnectRest.Response response = rest.deleteOffsets(name);
    assertThat(response.isSuccess()).as("%s: %s", name, response.message()).isTrue();
    // Workers may list what was deleted as null until they read their topic anew.
    assertThat(rest.offsets(name).get("offsets"))
        .as("offsets of %s", name)
        .allMatch(entry -> entry.path("offset").isNull());
  }

  private static JsonNode only(JsonNode offsets, String name) {
    assertThat(offsets.get("offsets")).as("offsets of %s", name).hasSize(1);
    return offsets.get("offsets").get(0);
  }

  private void awaitValue(int position, String topic) {
    reader.awaitOne(
        "a record in " + topic, LIMIT, position, record -> record.topic().equals(topic));
  }
}
