// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.topic.EdgeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of an edge node or a device as its last birth declared them. A metric that only DATA
 * declared, with name and type, is added. For one thread at a time.
 */
public final class Birth {
  /** Metrics that only DATA declared; more are not added. */
  private static final int MOST_ADDED = 10_000;

  private static final List<String> UNITS =
      List.of("engUnit", "EngUnit", "Engineering Units", "engineeringUnits", "unit", "Units");

  private final EdgeId id;
  private final List<MetricDefinition> definitions = new ArrayList<>();
  private final Map<String, MetricDefinition> byName = new HashMap<>();
  private final Map<Long, MetricDefinition> byAlias = new HashMap<>();
  private int added;

  private Birth(EdgeId id) {
    this.id = id;
  }

  /** The birth that a payload declares; metrics without a name are left out. */
  public static Birth of(EdgeId id, List<Metric> metrics) {
    Birth birth = new Birth(id);
    for (Metric metric : metrics) {
      if (metric.name() != null) {
        birth.define(metric.name(), metric.alias(), metric.dataType(), unit(metric));
      }
    }
    return birth;
  }

  /** A birth that was stored; {@code definitions} in the order of their index. */
  static Birth restored(EdgeId id, List<MetricDefinition> definitions) {
    Birth birth = new Birth(id);
    for (MetricDefinition each : definitions) {
      birth.define(each.name(), each.alias(), each.type(), each.unit());
    }
    return birth;
  }

  private MetricDefinition define(String name, Long alias, DataType type, String unit) {
    MetricDefinition known = byName.get(name);
    MetricDefinition definition =
        new MetricDefinition(
            known == null ? definitions.size() : known.index(), name, alias, type, unit);
    if (known == null) {
      definitions.add(definition);
    } else {
      definitions.set(known.index(), definition);
    }
    byName.put(name, definition);
    if (alias != null) {
      byAlias.put(alias, definition);
    }
    return definition;
  }

  private static String unit(Metric metric) {
    if (metric.properties().isEmpty()) {
      return null;
    }
    for (String key : UNITS) {
      PropertyValue property = metric.properties().get(key);
      if (property != null
          && property.value() instanceof MetricValue.TextValue text
          && !text.value().isEmpty()) {
        return text.value();
      }
    }
    return null;
  }

  /** The edge node or device. */
  public EdgeId id() {
    return id;
  }

  /** The metrics in their order. */
  public List<MetricDefinition> definitions() {
    return Collections.unmodifiableList(definitions);
  }

  /** The number of metrics. */
  public int size() {
    return definitions.size();
  }

  /** The metric of a value in DATA, by its name, else by its alias; null when it is not known. */
  public MetricDefinition find(Metric metric) {
    return metric.name() != null ? byName.get(metric.name()) : byAlias.get(metric.alias());
  }

  /** Whether a metric with a name has the alias of another metric of this birth. */
  boolean contradicts(Metric metric) {
    if (metric.name() == null || metric.alias() == null) {
      return false;
    }
    MetricDefinition owner = byAlias.get(metric.alias());
    return owner != null && !owner.name().equals(metric.name());
  }

  /** Adds a metric that names itself and its type; null when it does not, or there are too many. */
  MetricDefinition add(Metric metric) {
    if (metric.name() == null || metric.dataType() == DataType.UNKNOWN || added >= MOST_ADDED) {
      return null;
    }
    added++;
    return define(metric.name(), metric.alias(), metric.dataType(), unit(metric));
  }
}
