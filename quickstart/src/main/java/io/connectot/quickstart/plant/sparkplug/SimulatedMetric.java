// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant.sparkplug;

import io.connectot.quickstart.plant.signal.Signal;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.MetricValue;

/**
 * A metric of a simulated edge node.
 *
 * @param name with folders
 * @param unit its engineering unit; null for none
 */
record SimulatedMetric(String name, DataType type, String unit, Signal signal) {

  MetricValue value(double seconds) {
    double value = signal.at(seconds);
    return switch (type) {
      case BOOLEAN -> MetricValue.BooleanValue.of(value >= 0.5);
      case FLOAT -> new MetricValue.FloatValue((float) (Math.round(value * 10) / 10.0));
      case DOUBLE -> new MetricValue.DoubleValue(Math.round(value * 100) / 100.0);
      default -> new MetricValue.LongValue(Math.round(value));
    };
  }
}
