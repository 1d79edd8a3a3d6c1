// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.sparkplug.payload.DataSet;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.payload.Template;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricReadingTest {
  @Test
  void valuesAreExact() {
    assertThat(good(DataType.INT32, new MetricValue.LongValue(-12)))
        .isEqualTo(new Value.LongValue(-12));
    BigInteger big = new BigInteger("18446744073709551615");
    assertThat(good(DataType.UINT64, new MetricValue.BigValue(big)))
        .isEqualTo(new Value.BigValue(big));
    assertThat(good(DataType.FLOAT, new MetricValue.FloatValue(90.6f)))
        .isEqualTo(new Value.DoubleValue(90.6));
    assertThat(good(DataType.DOUBLE, new MetricValue.DoubleValue(0.1)))
        .isEqualTo(new Value.DoubleValue(0.1));
    assertThat(good(DataType.BOOLEAN, MetricValue.BooleanValue.TRUE))
        .isEqualTo(Value.BooleanValue.TRUE);
    assertThat(good(DataType.UUID, new MetricValue.TextValue("u")))
        .isEqualTo(new Value.TextValue("u"));
    assertThat(good(DataType.DATETIME, new MetricValue.DateTimeValue(1_700_000_000_123L)))
        .isEqualTo(new Value.InstantValue(Instant.parse("2023-11-14T22:13:20.123Z")));
    assertThat(good(DataType.FILE, new MetricValue.BytesValue(new byte[] {1})))
        .isEqualTo(new Value.BytesValue(new byte[] {1}));
    assertThat(
            good(
                DataType.FLOAT_ARRAY,
                new MetricValue.ArrayValue(
                    DataType.FLOAT, List.of(new MetricValue.FloatValue(0.1f)))))
        .isEqualTo(new Value.ArrayValue(ValueType.FLOAT32, List.of(new Value.DoubleValue(0.1))));
  }

  private static Value good(DataType type, MetricValue value) {
    MetricReading reading = MetricReading.of(Metric.of("m", type, value));
    assertThat(reading.quality()).isEqualTo(Quality.GOOD);
    assertThat(reading.status()).isNull();
    return reading.value();
  }

  @Test
  void aDataSetIsAnArrayOfItsRows() {
    DataSet dataSet =
        new DataSet(
            List.of("a", "b"),
            List.of(DataType.INT8, DataType.STRING),
            List.of(
                List.of(new MetricValue.LongValue(1), new MetricValue.TextValue("x")),
                List.of(new MetricValue.LongValue(2), MetricValue.NullValue.NULL)));
    assertThat(good(DataType.DATASET, dataSet))
        .isEqualTo(
            new Value.ArrayValue(
                ValueType.JSON,
                List.of(
                    new Value.StructValue(
                        "DataSet",
                        Map.of("a", new Value.LongValue(1), "b", new Value.TextValue("x"))),
                    new Value.StructValue(
                        "DataSet",
                        Map.of("a", new Value.LongValue(2), "b", Value.NullValue.NULL)))));
  }

  @Test
  void aTemplateIsAStructure() {
    assertThat(good(DataType.TEMPLATE, motor(Metric.of("on", DataType.BOOLEAN, null))))
        .isEqualTo(
            new Value.StructValue(
                "Motor",
                Map.of(
                    "template",
                    new Value.TextValue("Motor"),
                    "version",
                    Value.NullValue.NULL,
                    "parameters",
                    new Value.StructValue("Parameters", Map.of("p", new Value.LongValue(1))),
                    "metrics",
                    new Value.StructValue("Motor", Map.of("on", Value.NullValue.NULL)))));
  }

  private static Template motor(Metric... members) {
    return new Template(
        null,
        "Motor",
        false,
        List.of(members),
        List.of(new Template.Parameter("p", DataType.INT8, new MetricValue.LongValue(1))));
  }

  @Test
  void aMemberThatCannotBeConvertedIsReported() {
    Metric invalid = Metric.of("n", DataType.INT8, new MetricValue.InvalidValue("300 is too much"));
    MetricReading reading = MetricReading.of(Metric.of("m", DataType.TEMPLATE, motor(invalid)));
    assertThat(reading.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(reading.status()).isEqualTo("DECODING_ERROR: 300 is too much");
    assertThat(reading.value()).isNotNull();

    Metric unnamed = Metric.of(null, DataType.INT8, new MetricValue.LongValue(1));
    assertThat(MetricReading.of(Metric.of("m", DataType.TEMPLATE, motor(unnamed))).status())
        .isEqualTo("DECODING_ERROR: a metric has no name");
    Metric same = Metric.of("n", DataType.INT8, new MetricValue.LongValue(1));
    assertThat(MetricReading.of(Metric.of("m", DataType.TEMPLATE, motor(same, same))).status())
        .isEqualTo("DECODING_ERROR: two metrics have the name 'n'");
    Metric untyped = Metric.of("n", DataType.UNKNOWN, new MetricValue.UntypedInteger(7));
    assertThat(MetricReading.of(Metric.of("m", DataType.TEMPLATE, motor(untyped))).status())
        .isEqualTo("DECODING_ERROR: the type of a whole number is not named");
  }

  @ParameterizedTest
  @CsvSource({
    "192, GOOD,",
    "216, GOOD,",
    "0, BAD, 0 BAD",
    "24, BAD, 24 BAD",
    "64, UNCERTAIN, 64 UNCERTAIN",
    "84, UNCERTAIN, 84 UNCERTAIN",
    "500, UNCERTAIN, 500 STALE",
    "300, UNCERTAIN, 300 UNCERTAIN",
    "-1, UNCERTAIN, -1 UNCERTAIN"
  })
  void thePropertyQualityIsTheQuality(long code, Quality quality, String status) {
    MetricReading reading =
        MetricReading.of(
            Metric.of("m", DataType.INT8, new MetricValue.LongValue(1))
                .withProperties(quality(code)));
    assertThat(reading)
        .isEqualTo(
            new MetricReading(
                quality == Quality.BAD ? null : new Value.LongValue(1), quality, status));
  }

  /** Some publishers leave the type of properties out. */
  @Test
  void thePropertyQualityNeedsNoType() {
    MetricReading reading =
        MetricReading.of(
            Metric.of("m", DataType.INT8, new MetricValue.LongValue(1))
                .withProperties(
                    quality(
                        new PropertyValue(DataType.UNKNOWN, new MetricValue.UntypedInteger(0)))));
    assertThat(reading).isEqualTo(new MetricReading(null, Quality.BAD, "0 BAD"));
  }

  private static PropertySet quality(long code) {
    return quality(new PropertyValue(DataType.INT32, new MetricValue.LongValue(code)));
  }

  private static PropertySet quality(PropertyValue value) {
    return new PropertySet(Map.of("Quality", value));
  }

  @Test
  void withoutAValueItIsNotGood() {
    Metric none = Metric.of("m", DataType.INT8, null);
    assertThat(MetricReading.of(none))
        .isEqualTo(new MetricReading(null, Quality.UNCERTAIN, "NO_VALUE"));
    assertThat(MetricReading.of(none.withProperties(quality(500))))
        .isEqualTo(new MetricReading(null, Quality.UNCERTAIN, "500 STALE"));
    assertThat(MetricReading.of(none.withProperties(quality(0))))
        .isEqualTo(new MetricReading(null, Quality.BAD, "0 BAD"));
    assertThat(
            MetricReading.of(
                Metric.of("m", DataType.INT8, new MetricValue.InvalidValue("300 is too much"))))
        .isEqualTo(new MetricReading(null, Quality.UNCERTAIN, "DECODING_ERROR: 300 is too much"));
    assertThat(
            MetricReading.of(Metric.of("m", DataType.UNKNOWN, new MetricValue.UntypedInteger(1))))
        .isEqualTo(
            new MetricReading(
                null,
                Quality.UNCERTAIN,
                "DECODING_ERROR: neither the birth nor the metric names the type of the number"));
  }
}
