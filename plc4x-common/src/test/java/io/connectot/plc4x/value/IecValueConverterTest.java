// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IecValueConverterTest {
  private static final BigInteger LARGEST_ULINT = new BigInteger("18446744073709551615");
  private static final Scaling TENTHS = new Scaling(0.5, 5);

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(PlcType.BOOL, true, BooleanValue.TRUE),
        Arguments.of(PlcType.BYTE, (short) 255, new LongValue(255)),
        Arguments.of(PlcType.SINT, (byte) -128, new LongValue(-128)),
        Arguments.of(PlcType.WORD, 65535, new LongValue(65535)),
        Arguments.of(PlcType.UDINT, 4294967295L, new LongValue(4294967295L)),
        Arguments.of(PlcType.LINT, Long.MIN_VALUE, new LongValue(Long.MIN_VALUE)),
        Arguments.of(PlcType.ULINT, LARGEST_ULINT, new BigValue(LARGEST_ULINT)),
        Arguments.of(PlcType.LWORD, BigInteger.TEN, new LongValue(10)),
        Arguments.of(PlcType.REAL, 1.5f, new DoubleValue(1.5)),
        Arguments.of(PlcType.REAL, Float.NaN, new DoubleValue(Double.NaN)),
        Arguments.of(PlcType.LREAL, Math.PI, new DoubleValue(Math.PI)),
        Arguments.of(PlcType.CHAR, 'x', text("x")),
        Arguments.of(PlcType.STRING, "Ärger", text("Ärger")),
        Arguments.of(PlcType.TIME, Duration.ofMillis(-1500), new LongValue(-1500)),
        Arguments.of(PlcType.LTIME, Duration.ofNanos(1500), new LongValue(1500)),
        Arguments.of(
            PlcType.LTIME,
            Duration.ofSeconds(18446744073L, 709551615),
            new BigValue(LARGEST_ULINT)),
        Arguments.of(PlcType.DATE, LocalDate.of(2026, 11, 21), instant("2026-11-21T00:00:00Z")),
        Arguments.of(
            PlcType.TIME_OF_DAY, LocalTime.of(12, 34, 56, 789_000_000), text("12:34:56.789")),
        Arguments.of(PlcType.LTIME_OF_DAY, LocalTime.of(0, 0), text("00:00:00")),
        Arguments.of(
            PlcType.DATE_AND_TIME,
            LocalDateTime.of(2026, 11, 21, 12, 34, 56, 1),
            instant("2026-11-21T12:34:56.000000001Z")),
        Arguments.of(
            PlcType.RAW_BYTE_ARRAY, new byte[] {1, -1}, new BytesValue(new byte[] {1, -1})));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("values")
  void convertsEveryType(PlcType type, Object object, Value value) {
    assertThat(convert(type, object, Scaling.NONE)).contains(value);
  }

  @Test
  void scalesNumbersAndNothingElse() {
    assertThat(convert(PlcType.INT, (short) 100, TENTHS)).contains(new DoubleValue(55));
    assertThat(convert(PlcType.ULINT, BigInteger.TEN, TENTHS)).contains(new DoubleValue(10));
    assertThat(convert(PlcType.REAL, 2.5f, TENTHS)).contains(new DoubleValue(6.25));
    assertThat(convert(PlcType.TIME, Duration.ofMillis(10), TENTHS)).contains(new DoubleValue(10));
    assertThat(convert(PlcType.BOOL, true, TENTHS)).contains(BooleanValue.TRUE);
    assertThat(convert(PlcType.STRING, "7", TENTHS)).contains(text("7"));
    assertThat(convert(PlcType.LIST, ints(0, 10), TENTHS))
        .contains(
            new ArrayValue(ValueType.FLOAT64, List.of(new DoubleValue(5), new DoubleValue(10))));
  }

  @Test
  void arraysKeepTheTypeOfTheirElements() {
    assertThat(convert(PlcType.LIST, ints(1, 2), Scaling.NONE))
        .contains(new ArrayValue(ValueType.INT16, List.of(new LongValue(1), new LongValue(2))));
    assertThat(convert(PlcType.LIST, List.of(), Scaling.NONE))
        .contains(new ArrayValue(ValueType.STRING, List.of()));
  }

  @Test
  void nestsArraysAndStructures() {
    Map<String, RawValue> fields = new LinkedHashMap<>();
    fields.put("speed", new RawValue(PlcType.REAL, 2.5f));
    fields.put("counts", new RawValue(PlcType.LIST, ints(1)));
    fields.put("nothing", new RawValue(PlcType.UNKNOWN, null));
    List<RawValue> list = List.of(new RawValue(PlcType.STRUCT, fields));

    StructValue structure =
        new StructValue(
            "STRUCT",
            Map.of(
                "speed",
                new DoubleValue(2.5),
                "counts",
                new ArrayValue(ValueType.INT16, List.of(new LongValue(1)))));
    assertThat(convert(PlcType.LIST, list, Scaling.NONE))
        .contains(new ArrayValue(ValueType.JSON, List.of(structure)));
  }

  @Test
  void whatHasNoValueIsEmpty() {
    List<RawValue> gap = List.of(new RawValue(PlcType.INT, null));

    assertThat(convert(PlcType.INT, null, Scaling.NONE)).isEmpty();
    assertThat(convert(PlcType.LIST, gap, Scaling.NONE)).isEmpty();
  }

  @Test
  void aValueOfUnsaidTypeHasThatOfItsTag() {
    RawValue raw = new RawValue(PlcType.UNKNOWN, Duration.ofNanos(7));

    assertThat(IecValueConverter.convert(PlcType.LTIME, raw, Scaling.NONE))
        .contains(new LongValue(7));
  }

  private static TextValue text(String text) {
    return new TextValue(text);
  }

  private static InstantValue instant(String text) {
    return new InstantValue(Instant.parse(text));
  }

  private static List<RawValue> ints(int... numbers) {
    return Arrays.stream(numbers).mapToObj(n -> new RawValue(PlcType.INT, (short) n)).toList();
  }

  private Optional<Value> convert(PlcType type, Object object, Scaling scaling) {
    return IecValueConverter.convert(type, new RawValue(type, object), scaling);
  }
}
