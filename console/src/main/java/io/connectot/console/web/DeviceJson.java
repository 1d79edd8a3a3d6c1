// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.console.metrics.TaskMetricsReader.TaskValues;
import io.connectot.console.plant.DeviceHistory;
import io.connectot.console.plant.PlantView;
import io.connectot.console.plant.TagState;
import io.connectot.console.record.PlantRecord.DeviceState;
import io.connectot.console.record.PlantRecord.TagValue;
import io.connectot.core.metrics.TaskMetric;
import io.connectot.core.model.Quality;
import java.time.Instant;
import java.util.List;

/** The details of a device as JSON. */
final class DeviceJson {
  private static final int MOST_BAD_TAGS = 100;

  /** The metrics that describe how a connector reads its devices. */
  private static final List<TaskMetric> METRICS =
      List.of(
          TaskMetric.SCAN_TIME_AVG,
          TaskMetric.SCAN_TIME_MAX,
          TaskMetric.SCANS,
          TaskMetric.SCANS_MISSED,
          TaskMetric.RECONNECTS,
          TaskMetric.GAPS,
          TaskMetric.VALUES_BAD);

  private DeviceJson() {}

  /**
   * A device with its history, its tags without a good value, and the metrics of the tasks of its
   * connector that run on this worker. Null if the device has not reported its state.
   */
  static ObjectNode of(
      PlantView view, List<TaskValues> metrics, String path, String connector, Instant now) {
    DeviceState device = view.device(connector, path).orElse(null);
    if (device == null) {
      return null;
    }
    ObjectNode root = PlantJson.device(device, now);
    DeviceHistory history = view.history(connector, device.device());
    root.put("outages", history.outages());
    root.put("reconnects", history.reconnects());
    root.put("gaps", history.gaps());
    if (history.lastGap() != null) {
      root.put("last_gap", history.lastGap().toEpochMilli());
    }
    badTags(root, view, device);
    ArrayNode tasks = root.putArray("tasks");
    metrics.stream()
        .filter(task -> task.connector().equals(connector))
        .forEach(
            task -> {
              ObjectNode node = tasks.addObject().put("id", task.task());
              for (TaskMetric metric : METRICS) {
                Number value = task.values().get(metric.metricName());
                if (value != null) {
                  node.put(metric.metricName(), value.doubleValue());
                }
              }
            });
    return root;
  }

  private static void badTags(ObjectNode root, PlantView view, DeviceState device) {
    ArrayNode bad = root.putArray("bad_tags");
    int tags = 0;
    int omitted = 0;
    for (TagState state : view.below(device.path() + "/").values()) {
      TagValue tag = state.newest();
      tags++;
      if (tag.quality() == Quality.GOOD) {
        continue;
      }
      if (bad.size() < MOST_BAD_TAGS) {
        bad.addObject()
            .put("path", tag.path())
            .put("tag", tag.tag())
            .put("quality", tag.quality().name())
            .put("status", tag.status())
            .put("time", tag.time().toEpochMilli());
      } else {
        omitted++;
      }
    }
    root.put("tags", tags);
    root.put("bad_tags_omitted", omitted);
  }
}
