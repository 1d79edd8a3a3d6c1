// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.record;

import io.connectot.core.mapping.TopicProblems;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.model.Device;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.sparkplug.host.Birth;
import io.connectot.sparkplug.host.BirthText;
import io.connectot.sparkplug.host.MetricDefinition;
import io.connectot.sparkplug.host.NodePosition;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.value.MetricInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One edge node or device, and its metrics as tags. For one thread at a time. */
final class EdgeTags {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeTags.class);

  private final MappingSettings mapping;
  private final ReportPolicy report;
  private final Device<?> device;
  private final Map<String, String> partition;

  /** By name of the metric, over all births, so that a tag keeps its history. */
  private final Map<String, Point<?>> points = new HashMap<>();

  /** The last birth; null before. */
  private Birth birth;

  /** Of that birth, by index of the metric; null where there is none. */
  private Point<?>[] byIndex = new Point<?>[0];

  private Optional<String> birthText = Optional.empty();
  private int storedSize;

  /** Whether its device was reported ONLINE and not OFFLINE since. */
  private boolean online;

  private EdgePosition position;
  private NodePosition positionOf;

  EdgeTags(EdgeId id, String endpoint, MappingSettings mapping, ReportPolicy report) {
    this.mapping = mapping;
    this.report = report;
    this.device = new Device<>(id.path(), endpoint, new EdgeVariables(id), Map.of());
    this.partition = EdgeOffset.partition(id);
  }

  Device<?> device() {
    return device;
  }

  boolean isOnline() {
    return online;
  }

  void setOnline(boolean newOnline) {
    online = newOnline;
  }

  /** Its metrics are those of a birth from now on. */
  void birth(Birth newBirth) {
    if (birth != newBirth) {
      birth = newBirth;
      byIndex = new Point<?>[newBirth.size()];
      storedSize = -1;
    }
  }

  /** The tag of a metric; null when it cannot have records. */
  Point<?> point(MetricDefinition definition, Metric declared) {
    if (definition.index() >= byIndex.length) {
      byIndex = Arrays.copyOf(byIndex, birth.size());
    }
    Point<?> known = byIndex[definition.index()];
    if (known == null) {
      known = points.get(definition.name());
      Tag<?> tag = tag(definition, declared);
      if (known == null || !isSame(known.tag(), tag)) {
        known = newPoint(tag, known);
      }
      byIndex[definition.index()] = known;
    }
    return known;
  }

  private Point<?> newPoint(Tag<?> tag, Point<?> before) {
    Optional<String> problem = TopicProblems.find(mapping, device, List.of(tag));
    if (problem.isPresent()) {
      if (before == null) {
        LOG.warn("No records of {}/{}: {}", device.name(), tag.name(), problem.get());
      }
      return null;
    }
    Point<?> point = new Point<>(device, tag, before == null ? null : before.first());
    points.put(tag.name(), point);
    return point;
  }

  private Tag<?> tag(MetricDefinition definition, Metric declared) {
    MetricInfo info = MetricInfo.of(declared.as(definition.type()));
    String unit = info.unit() == null ? definition.unit() : info.unit();
    return new Tag<>(
        definition.name(),
        definition.name(),
        info.type() == null ? ValueType.UNKNOWN : info.type(),
        Optional.ofNullable(unit),
        Duration.ZERO,
        report,
        Scaling.NONE,
        info.attributes());
  }

  private static boolean isSame(Tag<?> one, Tag<?> other) {
    return one.type() == other.type()
        && one.unit().equals(other.unit())
        && one.attributes().equals(other.attributes());
  }

  /** What is stored once Kafka has the records of a message. */
  EdgePosition position(NodePosition of, boolean alive) {
    if (birth != null && storedSize != birth.size()) {
      storedSize = birth.size();
      birthText = BirthText.of(birth);
      if (birthText.isEmpty()) {
        LOG.warn(
            "The birth of {} is too large to be stored ({} metrics); it is requested after a"
                + " restart",
            device.name(),
            birth.size());
      }
    }
    if (!of.equals(positionOf) || !alive) {
      positionOf = of;
      position = new EdgePosition(partition, EdgeOffset.offset(of, birthText, alive));
    }
    return position;
  }
}
