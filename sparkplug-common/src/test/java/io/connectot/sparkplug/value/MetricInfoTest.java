// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.ValueType;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricMetadata;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertySetList;
import io.connectot.sparkplug.payload.PropertyValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricInfoTest {
  @Test
  void propertiesAreTheUnitAndAttributes() {
    PropertySet limits =
        new PropertySet(Map.of("low", new PropertyValue(DataType.FLOAT, new FloatValue(-1.5f))));
    Metric metric =
        Metric.of("m", DataType.FLOAT, new FloatValue(1))
            .withProperties(
                new PropertySet(
                    Map.of(
                        "engUnit",
                        new PropertyValue(DataType.STRING, new TextValue("°C")),
                        "Quality",
                        new PropertyValue(DataType.INT32, new LongValue(192)),
                        "readOnly",
                        new PropertyValue(DataType.BOOLEAN, BooleanValue.TRUE),
                        "none",
                        new PropertyValue(DataType.STRING, null),
                        "limits",
                        new PropertyValue(DataType.PROPERTY_SET, limits),
                        "list",
                        new PropertyValue(
                            DataType.PROPERTY_SET_LIST,
                            new PropertySetList(List.of(limits, limits))),
                        "engHigh",
                        new PropertyValue(DataType.DOUBLE, new DoubleValue(0.1)))));
    assertThat(MetricInfo.of(metric))
        .isEqualTo(
            new MetricInfo(
                ValueType.FLOAT32,
                "°C",
                Map.of(
                    "readOnly",
                    "true",
                    "limits.low",
                    "-1.5",
                    "list.0.low",
                    "-1.5",
                    "list.1.low",
                    "-1.5",
                    "engHigh",
                    "0.1")));
  }

  @Test
  void metadataAreAttributes() {
    Metric metric =
        new Metric(
            "f",
            null,
            null,
            DataType.FILE,
            false,
            false,
            true,
            new MetricMetadata(false, null, 12L, null, "a.txt", null, null, "a file"),
            PropertySet.EMPTY,
            null);
    assertThat(MetricInfo.of(metric))
        .isEqualTo(
            new MetricInfo(
                ValueType.BYTES,
                null,
                Map.of(
                    "metadata.multi_part",
                    "false",
                    "metadata.size",
                    "12",
                    "metadata.file_name",
                    "a.txt",
                    "metadata.description",
                    "a file")));
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void everyTypeHasOne(DataType type) {
    boolean composed = type.isArray() || type.code() >= DataType.TEMPLATE.code();
    assertThat(ValueTypes.of(type) == ValueType.JSON)
        .isEqualTo(composed || type == DataType.DATASET);
  }
}
