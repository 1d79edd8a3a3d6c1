// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.value;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.UntypedInteger;

/**
 * What a metric says about its tag.
 *
 * @param value the value; null when BAD, and when UNCERTAIN without one
 * @param quality by the metric's property {@code Quality}; GOOD when it has none
 * @param status why it is not GOOD; null when it is
 */
public record MetricReading(Value value, Quality quality, String status) {
  private static final String NO_VALUE = "NO_VALUE";
  private static final String DECODING_ERROR = "DECODING_ERROR: ";

  /** The reading of a metric that has the type of its birth: {@link Metric#as}. */
  public static MetricReading of(Metric metric) {
    QualityCode code = QualityCode.of(metric.properties());
    Quality quality = code == null ? Quality.GOOD : code.quality();
    String status = quality == Quality.GOOD ? null : code.status();
    if (quality == Quality.BAD) {
      return new MetricReading(null, quality, status);
    }
    if (metric.value() == null) {
      return new MetricReading(null, Quality.UNCERTAIN, status == null ? NO_VALUE : status);
    }
    if (metric.value() instanceof InvalidValue invalid) {
      return undecoded(null, invalid.reason());
    }
    if (metric.value() instanceof UntypedInteger) {
      return undecoded(null, "neither the birth nor the metric names the type of the number");
    }
    MetricValues values = new MetricValues();
    Value value = values.value(metric.value());
    return values.error() == null
        ? new MetricReading(value, quality, status)
        : undecoded(value, values.error());
  }

  /** The same reading, UNCERTAIN with a status if it was GOOD. */
  public MetricReading atMostUncertain(String newStatus) {
    return quality == Quality.GOOD ? new MetricReading(value, Quality.UNCERTAIN, newStatus) : this;
  }

  private static MetricReading undecoded(Value value, String reason) {
    return new MetricReading(value, Quality.UNCERTAIN, DECODING_ERROR + reason);
  }
}
