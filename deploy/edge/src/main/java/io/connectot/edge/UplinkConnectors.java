// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configurations of the connectors that replicate between the box and the central cluster.
 *
 * <p>Both run on the worker of the box. With exactly-once, records and offsets go into one
 * transaction, which must be one of the cluster that is written to; so the offsets of the uplink
 * are in a topic of the central cluster.
 */
final class UplinkConnectors {
  /** The name of the connector that writes to the central cluster. */
  static final String UP = "uplink";

  /** The name of the connector that reads from the central cluster. */
  static final String DOWN = "downlink";

  private static final List<String> INTERNAL = List.of(EdgeConfig.INTERNAL_TOPICS.split("\\|", -1));

  private UplinkConnectors() {}

  /** All connectors by name; empty without a central cluster. */
  static Map<String, Map<String, String>> of(EdgeConfig config) {
    Map<String, Map<String, String>> connectors = new LinkedHashMap<>();
    if (config.hasCentral()) {
      connectors.put(UP, up(config));
      if (!config.downlinkTopics().isEmpty()) {
        connectors.put(DOWN, down(config));
      }
    }
    return connectors;
  }

  private static Map<String, String> up(EdgeConfig config) {
    Map<String, String> connector = common(config, config.uplinkTopics(), config.downlinkTopics());
    connector.put("source.cluster.alias", config.name());
    connector.put("target.cluster.alias", "central");
    connector.put("source.cluster.bootstrap.servers", config.bootstrapServers());
    putCentral(connector, config, "target.cluster.");
    // The clients of Connect itself are those of the cluster that is written to.
    for (String client : new String[] {"producer.", "consumer.", "admin."}) {
      putCentral(connector, config, client + "override.");
    }
    connector.put("offsets.storage.topic", offsetsTopic(config));
    connector.put("replication.factor", config.get("uplink.replication.factor"));
    connector.put("tasks.max", config.get("uplink.tasks.max"));
    connector.put("producer.override.compression.type", config.get("compression"));
    connector.put(
        "replication.policy.class",
        config.get("uplink.topic.names").equals("same")
            ? "org.apache.kafka.connect.mirror.IdentityReplicationPolicy"
            : "org.apache.kafka.connect.mirror.DefaultReplicationPolicy");
    // One transaction a second, instead of one per read, for lines with long round trips.
    connector.put("transaction.boundary", "interval");
    connector.put("transaction.boundary.interval.ms", "1000");
    return connector;
  }

  private static Map<String, String> down(EdgeConfig config) {
    Map<String, String> connector = common(config, config.downlinkTopics(), List.of());
    connector.put("source.cluster.alias", "central");
    connector.put("target.cluster.alias", config.name());
    putCentral(connector, config, "source.cluster.");
    connector.put("target.cluster.bootstrap.servers", config.bootstrapServers());
    connector.put("replication.factor", "1");
    connector.put("tasks.max", "1");
    connector.put(
        "replication.policy.class", "org.apache.kafka.connect.mirror.IdentityReplicationPolicy");
    // Commands are not to wait.
    connector.put("transaction.boundary", "poll");
    return connector;
  }

  private static Map<String, String> common(
      EdgeConfig config, List<String> topics, List<String> excluded) {
    Map<String, String> connector = new TreeMap<>();
    connector.put("connector.class", "org.apache.kafka.connect.mirror.MirrorSourceConnector");
    connector.put("topics", String.join(",", topics));
    List<String> exclude = new ArrayList<>(INTERNAL);
    exclude.addAll(excluded);
    connector.put("topics.exclude", String.join(",", exclude));
    connector.put(
        "exactly.once.support", config.is("uplink.exactly.once") ? "required" : "requested");
    connector.put("source.consumer.isolation.level", "read_committed");
    connector.put("source.consumer.max.poll.records", "2000");
    connector.put("source.consumer.fetch.max.bytes", "4194304");
    connector.put("source.consumer.max.partition.fetch.bytes", "1048576");
    connector.put("producer.override.linger.ms", "50");
    connector.put("producer.override.batch.size", "262144");
    connector.put("producer.override.buffer.memory", "16777216");
    // Larger than the largest record that the connectors make.
    connector.put("producer.override.max.request.size", "2097152");
    connector.put("admin.override.default.api.timeout.ms", "20000");
    connector.put("admin.override.request.timeout.ms", "10000");
    connector.put("refresh.topics.interval.seconds", "10");
    connector.put("admin.timeout.ms", "20000");
    // Configurations, access lists and positions of consumers belong to each cluster.
    connector.put("sync.topic.configs.enabled", "false");
    connector.put("sync.topic.acls.enabled", "false");
    connector.put("emit.offset-syncs.enabled", "false");
    connector.put("heartbeats.replication.enabled", "false");
    return connector;
  }

  /** The topic of the central cluster with the offsets of the uplink of a box. */
  static String offsetsTopic(EdgeConfig config) {
    return "ot-edge-" + config.name() + "-uplink-offsets";
  }

  /** Refers to the keys of the central cluster, so that no configuration contains a secret. */
  private static void putCentral(Map<String, String> connector, EdgeConfig config, String prefix) {
    for (String key : config.central().keySet()) {
      connector.put(prefix + key, "${file:" + config.file() + ":" + EdgeConfig.CENTRAL + key + "}");
    }
  }
}
