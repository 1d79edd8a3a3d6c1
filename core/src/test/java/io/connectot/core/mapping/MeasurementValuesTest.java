// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.MappingSamples.NANOS;
import static io.connectot.core.mapping.MappingSamples.PRESS;
import static io.connectot.core.mapping.MappingSamples.good;
import static io.connectot.core.mapping.MappingSamples.settings;
import static io.connectot.core.mapping.MappingSamples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The types and values of measurements. */
class MeasurementValuesTest {
  private final DeviceMapper mapper =
      RecordMapper.of(settings(RecordLayout.MEASUREMENT), List.of()).forDevice(PRESS);

  private Sent one(Measurement measurement) {
    List<Sent> sent = MappingSamples.map(mapper, measurement);
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }

  static Stream<Object[]> values() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("x", new DoubleValue(1.5));
    fields.put("n", new LongValue(7));
    return Stream.of(
        new Object[][] {
          {ValueType.BOOLEAN, Value.BooleanValue.TRUE, "BOOLEAN", true, null, null, null},
          {ValueType.INT8, new LongValue(-1), "INT8", null, -1L, -1.0, null},
          {
            ValueType.UINT64,
            new LongValue(Long.MAX_VALUE),
            "UINT64",
            null,
            Long.MAX_VALUE,
            0x1p63,
            null
          },
          {
            ValueType.UINT64,
            new BigValue(new BigInteger("18446744073709551615")),
            "UINT64",
            null,
            null,
            0x1p64,
            "18446744073709551615"
          },
          {ValueType.FLOAT32, new DoubleValue(0.5), "FLOAT32", null, null, 0.5, null},
          {ValueType.FLOAT64, new DoubleValue(Double.NaN), "FLOAT64", null, null, Double.NaN, null},
          {
            ValueType.FLOAT64,
            new DoubleValue(Double.NEGATIVE_INFINITY),
            "FLOAT64",
            null,
            null,
            Double.NEGATIVE_INFINITY,
            null
          },
          {ValueType.STRING, new TextValue("on"), "STRING", null, null, null, "on"},
          {
            ValueType.DATETIME,
            new InstantValue(Instant.parse("2024-02-29T12:00:00.123456Z")),
            "DATETIME",
            null,
            1_709_208_000_123L,
            null,
            "2024-02-29T12:00:00.123456Z"
          },
          {
            ValueType.INT16,
            new ArrayValue(ValueType.INT16, List.of(new LongValue(1), new LongValue(-2))),
            "JSON",
            null,
            null,
            null,
            "[1,-2]"
          },
          {
            ValueType.JSON,
            new StructValue("Point", fields),
            "JSON",
            null,
            null,
            null,
            "{\"x\":1.5,\"n\":7}"
          },
          // A tag for arrays and structures that has something else.
          {ValueType.JSON, new TextValue("{\"a\":[1]}"), "JSON", null, null, null, "{\"a\":[1]}"},
          {ValueType.JSON, new TextValue("<a>1</a>"), "STRING", null, null, null, "<a>1</a>"},
          {ValueType.JSON, new TextValue("{\"a\":[1]"), "STRING", null, null, null, "{\"a\":[1]"},
          {ValueType.JSON, new TextValue("[1] [2]"), "STRING", null, null, null, "[1] [2]"},
          {ValueType.JSON, new TextValue(""), "STRING", null, null, null, ""},
          {ValueType.JSON, new TextValue("on"), "STRING", null, null, null, "on"},
          {ValueType.JSON, new TextValue("21.5 m"), "STRING", null, null, null, "21.5 m"},
          {ValueType.JSON, new TextValue("21.5"), "JSON", null, null, null, "21.5"},
          {ValueType.JSON, new TextValue("\"on\""), "JSON", null, null, null, "\"on\""},
          {ValueType.JSON, new LongValue(7), "INT64", null, 7L, 7.0, null},
          // A tag whose source sends values of another kind than it declares.
          {ValueType.INT32, new TextValue("on"), "STRING", null, null, null, "on"},
          {ValueType.FLOAT64, Value.BooleanValue.TRUE, "BOOLEAN", true, null, null, null},
          {ValueType.BOOLEAN, new TextValue("on"), "STRING", null, null, null, "on"},
          {ValueType.UNKNOWN, new DoubleValue(1.5), "FLOAT64", null, null, 1.5, null},
        });
  }

  @ParameterizedTest
  @MethodSource("values")
  void putsAValueIntoTheFieldsOfItsKind(
      ValueType type,
      Value value,
      String recordType,
      Boolean truth,
      Long whole,
      Double real,
      String text) {
    Sent sent = one(good(tag("t", type), value));
    assertThat(sent.field("type")).isEqualTo(recordType);
    assertThat(sent.field("value_boolean")).isEqualTo(truth);
    assertThat(sent.field("value_long")).isEqualTo(whole);
    assertThat(sent.field("value_double")).isEqualTo(real);
    assertThat(sent.field("value_string")).isEqualTo(text);
    assertThat(sent.field("value_bytes")).isNull();
  }

  @Test
  void keepsBytes() {
    byte[] bytes = {1, -1};
    Sent sent = one(good(tag("t", ValueType.BYTES), new Value.BytesValue(bytes)));
    assertThat(sent.field("value_bytes")).isEqualTo(bytes);
  }

  @Test
  void hasNumberAndLabelOfAnEnumeration() {
    Sent sent = one(good(tag("t", ValueType.INT32), new Value.EnumValue(2, "Running")));
    assertThat(sent.field("type")).isEqualTo("INT32");
    assertThat(sent.field("value_long")).isEqualTo(2L);
    assertThat(sent.field("value_double")).isEqualTo(2.0);
    assertThat(sent.field("value_string")).isEqualTo("Running");
  }

  static Stream<Object[]> valuesOfUnknownType() {
    return Stream.of(
        new Object[][] {
          {new LongValue(5), "INT64"},
          {new DoubleValue(0.5), "FLOAT64"},
          {new TextValue("on"), "STRING"},
          {Value.BooleanValue.TRUE, "BOOLEAN"},
          {new ArrayValue(ValueType.INT8, List.of()), "JSON"}
        });
  }

  @ParameterizedTest
  @MethodSource("valuesOfUnknownType")
  void namesTheTypeOfTheValueWhereTheTagHasNone(Value value, String type) {
    assertThat(one(good(tag("t", ValueType.UNKNOWN), value)).field("type")).isEqualTo(type);
  }

  @Test
  void inventsNoType() {
    Tag<String> tag = tag("t", ValueType.UNKNOWN);
    Sent bad = one(Measurement.bad(Points.of(PRESS, tag), NANOS, "NOT_FOUND"));
    assertThat(bad.field("type")).isEqualTo("UNKNOWN");
  }
}
