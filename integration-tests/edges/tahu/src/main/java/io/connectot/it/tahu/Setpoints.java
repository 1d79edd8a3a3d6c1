// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.tahu;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.tahu.SparkplugInvalidTypeException;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;

/** A metric of each type that takes any value. Thread-safe. */
final class Setpoints {
  private static final String PREFIX = "Setpoints/";

  private final Map<String, Metric> metrics = new LinkedHashMap<>(); // guarded by this

  Setpoints() {
    add(MetricDataType.Int8, (byte) 0);
    add(MetricDataType.Int16, (short) 0);
    add(MetricDataType.Int32, 0);
    add(MetricDataType.Int64, 0L);
    add(MetricDataType.UInt8, (short) 0);
    add(MetricDataType.UInt16, 0);
    add(MetricDataType.UInt32, 0L);
    add(MetricDataType.UInt64, BigInteger.ZERO);
    add(MetricDataType.Float, 0f);
    add(MetricDataType.Double, 0.0);
    add(MetricDataType.Boolean, false);
    add(MetricDataType.String, "");
    add(MetricDataType.DateTime, new Date(0));
    add(MetricDataType.Text, "");
    add(MetricDataType.UUID, "");
    add(MetricDataType.Bytes, new byte[0]);
    add(MetricDataType.Int32Array, new Integer[0]);
    add(MetricDataType.DoubleArray, new Double[0]);
    add(MetricDataType.BooleanArray, new Boolean[0]);
    add(MetricDataType.StringArray, new String[0]);
  }

  private void add(MetricDataType type, Object value) {
    metrics.put(PREFIX + type, metric(PREFIX + type, type, value));
  }

  private static Metric metric(String name, MetricDataType type, Object value) {
    try {
      return new MetricBuilder(name, type, value).timestamp(new Date()).createMetric();
    } catch (SparkplugInvalidTypeException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Metric copy(Metric metric) {
    return metric(metric.getName(), metric.getDataType(), metric.getValue());
  }

  /** The metrics with their values, for a birth. */
  synchronized List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    metrics.values().forEach(metric -> all.add(copy(metric)));
    return all;
  }

  /** Takes a value; returns what to report, which is nothing for other metrics. */
  synchronized List<Metric> take(Metric command) {
    if (!metrics.containsKey(command.getName())) {
      return List.of();
    }
    metrics.put(command.getName(), copy(command));
    return List.of(copy(command));
  }
}
