// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the records that the connectors write to Kafka, from the beginning. The worker provides the
 * names of the topics. For one thread.
 */
final class Feed implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOTICES = 4;

  /** A header that only dead letters have. */
  private static final String DEAD_LETTER_REASON = "ot.error.reason";

  private final ConnectRest rest;
  private final Consumer<Reading> listener;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<ConnectorFile, Tally> tallies = new LinkedHashMap<>();
  private final Map<String, Set<ConnectorFile>> connectorsByTopic = new HashMap<>();
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final ArrayDeque<Notice> notices = new ArrayDeque<>();

  /**
   * @param listener receives every measurement once
   */
  Feed(
      String bootstrapServers,
      ConnectRest rest,
      Collection<ConnectorFile> connectors,
      Consumer<Reading> listener) {
    this.rest = rest;
    this.listener = listener;
    connectors.forEach(connector -> tallies.put(connector, new Tally()));
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads the records that arrive within a time. */
  void read(Duration time) {
    findTopics();
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (assigned.isEmpty()) {
        LockSupport.parkNanos(left);
      } else {
        consumer.poll(Duration.ofNanos(left)).forEach(this::count);
      }
    }
  }

  /** The records of each connector, in the order in which the connectors were given. */
  List<ConnectorReport> reports() {
    List<ConnectorReport> reports = new ArrayList<>();
    tallies.forEach(
        (connector, tally) ->
            reports.add(ConnectorReport.of(rest.status(connector.name()), connector, tally)));
    return reports;
  }

  /** The newest measurement of every tag of every connector. */
  List<Reading> latest() {
    return tallies.values().stream().flatMap(tally -> tally.latest().stream()).toList();
  }

  /** The last few events, changes of devices, gaps and dead letters, oldest first. */
  List<Notice> notices() {
    return List.copyOf(notices);
  }

  private void findTopics() {
    for (ConnectorFile connector : tallies.keySet()) {
      for (String topic : rest.topics(connector.name())) {
        connectorsByTopic.computeIfAbsent(topic, key -> new HashSet<>()).add(connector);
      }
    }
    boolean found = false;
    for (String topic : connectorsByTopic.keySet()) {
      for (var partition : consumer.partitionsFor(topic)) {
        found |= assigned.add(new TopicPartition(topic, partition.partition()));
      }
    }
    if (found) {
      consumer.assign(assigned);
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    JsonNode json = json(record.value());
    Optional<Reading> reading = Reading.of(json);
    for (ConnectorFile connector : connectorsByTopic.get(record.topic())) {
      if (isEvent(json)) {
        tallies.get(connector).event();
      } else {
        tallies.get(connector).count(reading);
      }
    }
    reading.ifPresent(listener);
    String notice = deadLetter(record).orElseGet(() -> notice(json));
    if (!notice.isEmpty()) {
      notices.add(new Notice(Instant.ofEpochMilli(record.timestamp()), notice));
      if (notices.size() > NOTICES) {
        notices.remove();
      }
    }
  }

  private static JsonNode json(byte[] value) {
    try {
      return value == null ? JSON.missingNode() : JSON.readTree(value);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static Optional<String> deadLetter(ConsumerRecord<byte[], byte[]> record) {
    Header reason = record.headers().lastHeader(DEAD_LETTER_REASON);
    return reason == null
        ? Optional.empty()
        : Optional.of("dead letter: " + new String(reason.value(), StandardCharsets.UTF_8));
  }

  private static boolean isEvent(JsonNode json) {
    return json.has("severity");
  }

  private static String notice(JsonNode json) {
    String device = json.path("device").asText();
    if (isEvent(json)) {
      boolean settled = json.has("active") && !json.path("active").asBoolean();
      return device
          + (settled ? ", event cleared: " : ", event: ")
          + json.path("message").asText()
          + ", severity "
          + json.path("severity").asText();
    }
    if (json.has("state")) {
      String cause = json.path("cause").asText("");
      return device
          + " is "
          + json.path("state").asText()
          + (json.hasNonNull("cause") ? ": " + cause : "");
    }
    if (json.has("missed_scans")) {
      return device
          + " has a gap"
          + length(json)
          + (json.hasNonNull("missed_scans")
              ? ", " + json.path("missed_scans").asLong() + " scans missed"
              : "")
          + ": "
          + json.path("cause").asText();
    }
    return "";
  }

  private static String length(JsonNode gap) {
    return gap.hasNonNull("gap_start")
        ? " of " + (gap.path("gap_end").asLong() - gap.path("gap_start").asLong()) + " ms"
        : "";
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }

  /** Describes an event, a change of a device's state, a gap, or a dead letter as text. */
  record Notice(Instant time, String text) {}
}
