// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The properties of Kafka and of the two workers of a box. */
final class ProcessProperties {
  private static final long LARGEST_SEGMENT = 64L * 1024 * 1024;
  private static final long SMALLEST_SEGMENT = 1024L * 1024;

  /** The number of segments in which the largest permitted size of the data is divided. */
  private static final int SEGMENTS = 200;

  private ProcessProperties() {}

  /**
   * Properties of the broker. It deletes nothing by time or by size: a partition knows nothing of
   * the size of all of them, and {@link DiskGuard} tells what is deleted.
   */
  static Properties kafka(EdgeConfig config) {
    int port = config.number("kafka.port");
    int controller = config.number("kafka.controller.port");
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
    properties.setProperty("log.dirs", kafkaDirectory(config).toString());
    properties.setProperty("num.partitions", "1");
    properties.setProperty("default.replication.factor", "1");
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      properties.setProperty(topic + ".num.partitions", "1");
      properties.setProperty(topic + ".replication.factor", "1");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("controlled.shutdown.enable", "false");
    // Small machines.
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "4");
    properties.setProperty("background.threads", "2");
    properties.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    properties.setProperty("log.cleaner.io.buffer.size", "65536");
    properties.setProperty("log.index.size.max.bytes", "524288");
    properties.setProperty("initial.broker.registration.timeout.ms", "300000");
    // Only whole segments are deleted.
    long segment =
        Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, config.diskLimit() / SEGMENTS));
    properties.setProperty("log.segment.bytes", Long.toString(segment));
    properties.setProperty("log.roll.ms", "3600000");
    properties.setProperty("log.retention.ms", "-1");
    properties.setProperty("log.retention.bytes", "-1");
    properties.setProperty("log.retention.check.interval.ms", "5000");
    properties.setProperty("log.segment.delete.delay.ms", "1000");
    // What a power failure may take.
    properties.setProperty("log.flush.interval.ms", "1000");
    properties.setProperty("log.flush.scheduler.interval.ms", "500");
    properties.putAll(config.withPrefix("kafka.config."));
    return properties;
  }

  /** The directory of Kafka's data. */
  static Path kafkaDirectory(EdgeConfig config) {
    return config.dataDirectory().resolve("kafka");
  }

  /**
   * Properties of the worker with the connectors of the plugin.
   *
   * @param plugins its {@code plugin.path}
   */
  static Map<String, String> worker(EdgeConfig config, Path plugins) {
    Map<String, String> properties = common(config, "ot-edge-worker");
    properties.put("plugin.path", plugins.toString());
    properties.put("plugin.discovery", "service_load");
    properties.put(
        "listeners", "http://" + config.get("rest.host") + ":" + config.number("rest.port"));
    String metrics = EdgeMetricsExtension.class.getName();
    properties.put("rest.extension.classes", metrics);
    properties.put(EdgeMetricsExtension.FILE, EdgeMetric.file(config).toString());
    if (config.is("console")) {
      properties.put("rest.extension.classes", metrics + ",io.connectot.console.OtConsole");
      properties.put("ot.console.allow.changes", config.get("console.allow.changes"));
    }
    properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("value.converter.schemas.enable", "false");
    properties.put("producer.compression.type", config.get("compression"));
    // Batches that compress well, in memory for many tasks.
    properties.put("producer.linger.ms", "50");
    properties.put("producer.batch.size", "65536");
    properties.put("producer.buffer.memory", "8388608");
    properties.putAll(config.withPrefix("worker.config."));
    return properties;
  }

  /**
   * Properties of the worker with the connectors that replicate. Its own topics are on the box, so
   * that it runs without the central cluster; the offsets of what is replicated there are there.
   */
  static Map<String, String> uplink(EdgeConfig config) {
    Map<String, String> properties = common(config, "ot-edge-" + config.name());
    properties.put("listeners", config.uplinkUrl());
    properties.put("plugin.discovery", "service_load");
    // The number of replicas of the offsets in the central cluster too: the default of each.
    properties.put("offset.storage.replication.factor", "-1");
    properties.put(
        "exactly.once.source.support", config.is("uplink.exactly.once") ? "enabled" : "disabled");
    // A transaction that the line cut in two is aborted by the cluster after this time.
    properties.put("producer.transaction.timeout.ms", "60000");
    properties.put("config.providers", "file");
    properties.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    properties.put("config.providers.file.param.allowed.paths", config.file().toString());
    String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
    properties.put("key.converter", bytes);
    properties.put("value.converter", bytes);
    properties.put("header.converter", bytes);
    properties.putAll(config.withPrefix("uplink.config."));
    return properties;
  }

  private static Map<String, String> common(EdgeConfig config, String group) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("bootstrap.servers", config.bootstrapServers());
    properties.put("group.id", group);
    for (String kind : new String[] {"offset", "config", "status"}) {
      properties.put(kind + ".storage.topic", group + "-" + kind + "s");
      properties.put(kind + ".storage.replication.factor", "1");
    }
    properties.put("offset.storage.partitions", "1");
    properties.put("status.storage.partitions", "1");
    // The time that Kafka may need to start.
    properties.put("default.api.timeout.ms", "300000");
    // There is one address. Admin clients look for others without a pause, and log each time.
    properties.put("metadata.recovery.strategy", "none");
    properties.put("scheduled.rebalance.max.delay.ms", "0");
    properties.put("offset.flush.interval.ms", "10000");
    return properties;
  }
}
