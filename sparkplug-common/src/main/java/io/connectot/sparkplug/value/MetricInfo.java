// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.value;

import io.connectot.core.model.ValueType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricMetadata;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.BigValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertySetList;
import io.connectot.sparkplug.payload.PropertyValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a birth says about a metric besides its value.
 *
 * @param type the type of its values
 * @param unit its property {@code engUnit}; null when it has none
 * @param attributes its other properties, those within sets with the keys joined by dots, and its
 *     metadata with the prefix {@code metadata.}; without the quality, which is not a constant
 */
public record MetricInfo(ValueType type, String unit, Map<String, String> attributes) {
  private static final String UNIT = "engUnit";

  public MetricInfo {
    attributes = Map.copyOf(attributes);
  }

  /** What this metric of a birth says. */
  public static MetricInfo of(Metric metric) {
    String unit = null;
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, PropertyValue> property : metric.properties().values().entrySet()) {
      String key = property.getKey();
      if (key.equalsIgnoreCase(UNIT) && property.getValue().value() instanceof TextValue text) {
        unit = text.value().isBlank() ? null : text.value();
      } else if (!key.equalsIgnoreCase(QualityCode.PROPERTY)) {
        add(attributes, key, property.getValue().value());
      }
    }
    addMetadata(attributes, metric.metadata());
    return new MetricInfo(ValueTypes.of(metric.dataType()), unit, attributes);
  }

  private static void add(Map<String, String> attributes, String key, MetricValue value) {
    if (value instanceof PropertySet set) {
      addAll(attributes, key, set);
    } else if (value instanceof PropertySetList list) {
      for (int i = 0; i < list.sets().size(); i++) {
        addAll(attributes, key + "." + i, list.sets().get(i));
      }
    } else {
      String text = text(value);
      if (text != null) {
        attributes.put(key, text);
      }
    }
  }

  private static void addAll(Map<String, String> attributes, String key, PropertySet set) {
    set.values().forEach((name, property) -> add(attributes, key + "." + name, property.value()));
  }

  /** The value as text; null for a value that has none. */
  private static String text(MetricValue value) {
    if (value instanceof TextValue text) {
      return text.value();
    } else if (value instanceof LongValue number) {
      return Long.toString(number.value());
    } else if (value instanceof BigValue number) {
      return number.value().toString();
    } else if (value instanceof FloatValue number) {
      return Float.toString(number.value());
    } else if (value instanceof DoubleValue number) {
      return Double.toString(number.value());
    } else if (value instanceof BooleanValue bool) {
      return Boolean.toString(bool.value());
    }
    return value instanceof DateTimeValue time
        ? Instant.ofEpochMilli(time.epochMillis()).toString()
        : null;
  }

  private static void addMetadata(Map<String, String> attributes, MetricMetadata metadata) {
    if (metadata != null) {
      put(attributes, "multi_part", metadata.multiPart());
      put(attributes, "content_type", metadata.contentType());
      put(attributes, "size", metadata.size());
      put(attributes, "seq", metadata.seq());
      put(attributes, "file_name", metadata.fileName());
      put(attributes, "file_type", metadata.fileType());
      put(attributes, "md5", metadata.md5());
      put(attributes, "description", metadata.description());
    }
  }

  private static void put(Map<String, String> attributes, String key, Object value) {
    if (value != null) {
      attributes.put("metadata." + key, value.toString());
    }
  }
}
