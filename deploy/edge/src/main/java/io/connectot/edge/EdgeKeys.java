// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of {@code edge.properties}, their defaults and their documentation. */
final class EdgeKeys {
  /** Prefixes of keys that are passed on. */
  private static final List<String> PREFIXES =
      List.of(EdgeConfig.CENTRAL, "kafka.config.", "worker.config.", "uplink.config.");

  private static final Map<String, Entry> KEYS = new LinkedHashMap<>();

  static {
    add("edge.name", "", "Name of the box; no other box of the central cluster may have it.");
    add(
        "data.dir",
        "",
        "Directory of all data, logs and process ids; keep it outside of the program.");
    add("kafka.port", "9092", "Port of Kafka, on the loopback interface.");
    add("kafka.controller.port", "9093", "Port of Kafka's controller, on the loopback interface.");
    add("rest.host", "127.0.0.1", "Interface of the worker's REST API and of the console.");
    add("rest.port", "8083", "Port of the worker's REST API and of the console.");
    add("uplink.rest.port", "8084", "Port of the uplink's REST API, on the loopback interface.");
    add("console", "true", "Whether the worker shows the console at /ot/.");
    add("console.allow.changes", "false", "Whether the console may change connectors.");
    add("memory.kafka", "192m", "Heap of Kafka.");
    add("memory.worker", "256m", "Heap of the worker.");
    add("memory.uplink", "160m", "Heap of the uplink.");
    add(
        "disk.limit",
        "8g",
        "Largest size of Kafka's data. Above it, the oldest records are deleted.");
    add(
        "gap.topic",
        "plant.gaps",
        "Topic that tells which records were deleted before they were replicated.");
    add(
        "compression",
        "zstd",
        "Compression on the disk and on the line: none, gzip, snappy, lz4, zstd.");
    add("central.bootstrap.servers", "", "The central cluster; empty for a box without one.");
    add(
        "central.*",
        "",
        "Keys of Kafka clients for the central cluster: security.protocol, ssl.*, sasl.*.");
    add(
        "uplink.topics",
        "plant\\..*",
        "Topics or regular expressions that are replicated to the central cluster.");
    add(
        "uplink.topic.names",
        "same",
        "same: topics keep their names; prefixed: their names begin with edge.name and a dot.");
    add("uplink.exactly.once", "true", "Whether records are replicated in transactions.");
    add(
        "uplink.replication.factor",
        "-1",
        "Replication factor of new topics in the central cluster; -1: its default.");
    add("uplink.tasks.max", "1", "Number of tasks that replicate to the central cluster.");
    add(
        "downlink.topics",
        "commands",
        "Topics or regular expressions that are replicated from the central cluster.");
    add("kafka.config.*", "", "Any key of the broker.");
    add("worker.config.*", "", "Any key of the worker.");
    add("uplink.config.*", "", "Any key of the worker of the uplink.");
  }

  /**
   * A key.
   *
   * @param defaultValue empty for none
   * @param documentation a sentence for the documentation
   */
  record Entry(String defaultValue, String documentation) {}

  private EdgeKeys() {}

  private static void add(String key, String defaultValue, String documentation) {
    KEYS.put(key, new Entry(defaultValue, documentation));
  }

  /** All keys in the order of the documentation. */
  static Map<String, Entry> all() {
    return KEYS;
  }

  /** The default of a key; empty for none. */
  static String defaultOf(String key) {
    Entry entry = KEYS.get(key);
    return entry == null ? "" : entry.defaultValue();
  }

  /** Whether the file may contain the key. */
  static boolean isKnown(String key) {
    return (KEYS.containsKey(key) && !key.endsWith("*"))
        || PREFIXES.stream()
            .anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
  }

  /** Whether the value of a key must not be shown. */
  static boolean isSecret(String key) {
    return key.endsWith("password")
        || key.endsWith(".key")
        || key.endsWith("jaas.config")
        || key.endsWith("secret");
  }
}
