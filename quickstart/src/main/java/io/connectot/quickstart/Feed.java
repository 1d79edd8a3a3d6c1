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
 * Reads the records that the connectors of the worker write to Kafka, from the beginning: those of
 * the quickstart and those that its user makes. The worker provides their names and the names of
 * the topics. For one thread.
 */
final class Feed implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOTICES = 4;
  private static final long REFRESH_NANOS = Duration.ofSeconds(2).toNanos();

  /** A header that only dead letters have. */
  private static final String DEAD_LETTER_REASON = "ot.error.reason";

  private final ConnectRest rest;
  private final Consumer<Reading> listener;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, Set<String>> connectorsByTopic = new HashMap<>();
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final ArrayDeque<Notice> notices = new ArrayDeque<>();

  /** The last state of every device, which its connector repeats. */
  private final Map<String, String> states = new HashMap<>();

  private long lastRefresh = System.nanoTime() - REFRESH_NANOS;

  /** What is known of a connector. */
  private static final class Source {
    private final ConnectorFile connector;
    private final boolean own;
    private final Tally tally = new Tally();
    private ConnectRest.Status status =
        new ConnectRest.Status(new ConnectRest.Response("status", 404, JSON.missingNode()));

    Source(ConnectorFile connector, boolean own) {
      this.connector = connector;
      this.own = own;
    }
  }

  /**
   * What there is to show.
   *
   * @param tags the newest measurement of every tag, those of the user's connectors first
   * @param notices the last few events, changes of devices, gaps and dead letters, oldest first
   */
  record Content(List<ConnectorReport> reports, List<Tag> tags, List<Notice> notices) {}

  /**
   * The newest measurement of a tag.
   *
   * @param own whether a connector of the user reads it
   */
  record Tag(Reading reading, boolean own) {}

  /**
   * A feed.
   *
   * @param connectors those of the quickstart
   * @param listener receives every measurement once
   */
  Feed(
      String bootstrapServers,
      ConnectRest rest,
      Collection<ConnectorFile> connectors,
      Consumer<Reading> listener) {
    this.rest = rest;
    this.listener = listener;
    connectors.forEach(connector -> sources.put(connector.name(), new Source(connector, false)));
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads the records that arrive within a time. */
  void read(Duration time) {
    long now = System.nanoTime();
    if (now - lastRefresh >= REFRESH_NANOS) {
      lastRefresh = now;
      findConnectors();
      findTopics();
    }
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (assigned.isEmpty()) {
        LockSupport.parkNanos(left);
      } else {
        consumer.poll(Duration.ofNanos(left)).forEach(this::count);
      }
    }
  }

  /** The connectors, in the order in which they were given, and then those of the user. */
  List<ConnectorReport> reports() {
    return sources.values().stream()
        .map(
            source -> ConnectorReport.of(source.status, source.connector, source.own, source.tally))
        .toList();
  }

  /** Everything. */
  Content content() {
    List<Tag> tags = new ArrayList<>();
    for (boolean own : List.of(true, false)) {
      for (Source source : sources.values()) {
        if (source.own == own) {
          source.tally.latest().forEach(reading -> tags.add(new Tag(reading, own)));
        }
      }
    }
    return new Content(reports(), tags, List.copyOf(notices));
  }

  private void findConnectors() {
    Map<String, ConnectRest.Overview> found = rest.overview();
    found.forEach(
        (name, overview) ->
            sources.computeIfAbsent(
                        name, key -> new Source(new ConnectorFile(name, overview.config()), true))
                    .status =
                overview.status());
    // Those of the quickstart stay, so that a deleted one is said to be unknown to the worker.
    sources.values().removeIf(source -> source.own && !found.containsKey(source.connector.name()));
    for (Source source : sources.values()) {
      if (!found.containsKey(source.connector.name())) {
        source.status =
            new ConnectRest.Status(new ConnectRest.Response("status", 404, JSON.missingNode()));
      }
    }
  }

  private void findTopics() {
    for (String connector : sources.keySet()) {
      for (String topic : rest.topics(connector)) {
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
    for (String connector : writers(record.topic(), json)) {
      Source source = sources.get(connector);
      if (source == null) {
        continue;
      }
      if (isEvent(json)) {
        source.tally.event();
      } else {
        source.tally.count(reading);
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

  /** The connector that the record names, and the sinks of its topic; else all of its topic. */
  private Set<String> writers(String topic, JsonNode json) {
    Set<String> all = connectorsByTopic.get(topic);
    String named = json.path("connector").asText("");
    if (all.size() == 1 || !all.contains(named)) {
      return all;
    }
    Set<String> writers = new HashSet<>(all);
    writers.removeIf(
        name ->
            !name.equals(named) && sources.containsKey(name) && !sources.get(name).status.isSink());
    return writers;
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

  private String notice(JsonNode json) {
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
      String state = json.path("state").asText();
      if (state.equals(states.put(json.path("connector") + "/" + json.path("path"), state))) {
        return "";
      }
      String cause = json.path("cause").asText("");
      return device + " is " + state + (json.hasNonNull("cause") ? ": " + cause : "");
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
