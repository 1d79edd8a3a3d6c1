// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The figures of a box for Prometheus, which the uplink writes and the worker's REST API shows. */
enum EdgeMetric {
  /** When the figures are from. */
  STATUS_TIME("status_time_seconds", "When the uplink measured last, in seconds since 1970"),
  /** Whether there is a line. */
  CENTRAL_CONNECTED("central_connected", "1 while the central cluster answers, else 0"),
  /** Whether the line is of use. */
  UPLINK_FAILED("uplink_failed", "1 while a connector of the uplink has failed, else 0"),
  /** The size of Kafka's data. */
  DISK_USED("disk_used_bytes", "Size of Kafka's data"),
  /** The limit of the configuration. */
  DISK_LIMIT("disk_limit_bytes", "disk.limit"),
  /** What was deleted. */
  RECORDS_DELETED("disk_records_deleted_total", "Records deleted because the disk was full"),
  /** What is lost. */
  RECORDS_LOST("disk_records_lost_total", "Deleted records that the central cluster did not have");

  private static final String PREFIX = "connectot_edge_";

  private final String suffix;
  private final String documentation;

  EdgeMetric(String suffix, String documentation) {
    this.suffix = suffix;
    this.documentation = documentation;
  }

  /** The name in Prometheus. */
  String exportedName() {
    return PREFIX + suffix;
  }

  /** What it says. */
  String documentation() {
    return documentation;
  }

  private String type() {
    return suffix.endsWith("_total") ? "counter" : "gauge";
  }

  /**
   * The figures in the text format of Prometheus.
   *
   * @param box the name of the box, which is a label
   */
  static List<String> lines(String box, Map<EdgeMetric, Long> figures) {
    List<String> lines = new ArrayList<>();
    figures.forEach(
        (metric, value) -> {
          lines.add("# HELP " + metric.exportedName() + " " + metric.documentation);
          lines.add("# TYPE " + metric.exportedName() + " " + metric.type());
          lines.add(metric.exportedName() + "{edge=\"" + box + "\"} " + value);
        });
    return lines;
  }

  /** The file of the figures of a box. */
  static Path file(EdgeConfig config) {
    return config.dataDirectory().resolve("run/metrics");
  }
}
