// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import io.connectot.core.model.Value;
import io.connectot.core.spi.WriteTarget;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.value.ValueTypes;
import java.util.ArrayList;
import java.util.List;

/** Values of commands as values of metrics, by the type that the birth named. */
final class CommandValues {
  private CommandValues() {}

  /** What a metric of this type takes. */
  static WriteTarget target(DataType type) {
    if (type.isArray()) {
      return WriteTarget.arrayOf(ValueTypes.of(type.elementType()));
    }
    return switch (type) {
      case UNKNOWN, DATASET, TEMPLATE, PROPERTY_SET, PROPERTY_SET_LIST ->
          WriteTarget.refused(
              "the metric is a "
                  + type.specName()
                  + " by its birth, which this connector does not write; write metrics of the other"
                  + " types");
      default -> WriteTarget.of(ValueTypes.of(type));
    };
  }

  /**
   * The value as one of a metric.
   *
   * @throws IllegalArgumentException when it is not one of this type
   */
  static MetricValue of(DataType type, Value value) {
    if (type.isArray() && value instanceof Value.ArrayValue array) {
      List<MetricValue> elements = new ArrayList<>();
      array.elements().forEach(element -> elements.add(of(type.elementType(), element)));
      return new MetricValue.ArrayValue(type.elementType(), elements);
    }
    if (value instanceof Value.LongValue number) {
      return whole(type, number.value());
    } else if (value instanceof Value.DoubleValue number) {
      return type == DataType.FLOAT
          ? new MetricValue.FloatValue((float) number.value())
          : new MetricValue.DoubleValue(number.value());
    } else if (value instanceof Value.BooleanValue bool) {
      return MetricValue.BooleanValue.of(bool.value());
    } else if (value instanceof Value.TextValue text) {
      return new MetricValue.TextValue(text.value());
    } else if (value instanceof Value.BytesValue bytes) {
      return new MetricValue.BytesValue(bytes.value());
    } else if (value instanceof Value.BigValue number) {
      return new MetricValue.BigValue(number.value());
    } else if (value instanceof Value.InstantValue time) {
      return new MetricValue.DateTimeValue(time.value().toEpochMilli());
    }
    throw new IllegalArgumentException(value + " is not a " + type.specName());
  }

  private static MetricValue whole(DataType type, long number) {
    return switch (type) {
      case FLOAT -> new MetricValue.FloatValue((float) number);
      case DOUBLE -> new MetricValue.DoubleValue((double) number);
      default -> new MetricValue.LongValue(number);
    };
  }
}
