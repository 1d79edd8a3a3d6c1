// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.sink.command.read.CommandRejectedException;
import io.connectot.core.sink.command.read.PlainValues;
import io.connectot.core.spi.WriteTarget;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoercionTest {
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  @ParameterizedTest
  @CsvSource({
    "INT8, -128",
    "INT8, 127",
    "UINT8, 255",
    "INT16, -32768",
    "UINT16, 65535",
    "INT32, -2147483648",
    "UINT32, 4294967295",
    "INT64, 9007199254740993",
    "INT64, -9223372036854775808",
    "UINT64, 9223372036854775807",
    "INT32, 5.0"
  })
  void takesWholeNumbersExactly(ValueType type, String number) throws Exception {
    Value value = PlainValues.parse(number);
    assertThat(raw(value, type)).isEqualTo(value);
  }

  @Test
  void takesUnsignedNumbersBeyondSignedOnes() throws Exception {
    assertThat(raw(PlainValues.parse(MOST.toString()), ValueType.UINT64))
        .isEqualTo(new BigValue(MOST));
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, 128",
    "UINT8, 256",
    "UINT8, -1",
    "INT16, 32768",
    "UINT16, 65536",
    "INT32, 2147483648",
    "UINT32, -1",
    "INT64, 9223372036854775808",
    "UINT64, 18446744073709551616",
    "INT32, 5.5",
    "FLOAT32, 16777217",
    "FLOAT64, 9007199254740993",
    "FLOAT32, 1e39",
    "FLOAT64, 1e999",
    "INT64, 1e400000000",
    "BOOLEAN, 1",
    "INT32, true",
    "INT32, null"
  })
  void refusesWhatATypeCannotHold(ValueType type, String number) throws Exception {
    Value value = PlainValues.parse(number);
    assertThatThrownBy(() -> raw(value, type))
        .isInstanceOf(CommandRejectedException.class)
        .message()
        .isNotBlank()
        .hasSizeLessThan(500);
  }

  @Test
  void takesNoTextForANumber() {
    assertThatThrownBy(() -> raw(new TextValue("5"), ValueType.INT32))
        .hasMessage("the text '5' is not of type int32; send a number");
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void writesNoNumberThatIsNone(double number) {
    assertThatThrownBy(() -> raw(new DoubleValue(number), ValueType.FLOAT64))
        .isInstanceOf(CommandRejectedException.class)
        .hasMessageContaining("not a number");
  }

  @Test
  void takesTheScalingBack() throws Exception {
    assertThat(Coercion.raw(new DoubleValue(39.3), WriteTarget.of(ValueType.INT16), scale(0.1, 0)))
        .isEqualTo(new LongValue(393));
    assertThat(
            Coercion.raw(
                new DoubleValue(0.1 * 3 * 131), WriteTarget.of(ValueType.INT16), scale(0.1, 0)))
        .isEqualTo(new LongValue(393));
    assertThat(
            Coercion.raw(
                new DoubleValue(41152263.1 * 3), WriteTarget.of(ValueType.UINT32), scale(0.1, 0)))
        .isEqualTo(new LongValue(1_234_567_893));
    assertThat(Coercion.raw(new LongValue(212), WriteTarget.of(ValueType.FLOAT64), scale(1.8, 32)))
        .isEqualTo(new DoubleValue(100));
  }

  @Test
  void refusesWhatIsBetweenTheSteps() {
    assertThatThrownBy(
            () ->
                Coercion.raw(
                    new DoubleValue(39.35), WriteTarget.of(ValueType.INT16), scale(0.1, 0)))
        .hasMessage("39.35 is not a multiple of the tag's scale");
    assertThatThrownBy(
            () ->
                Coercion.raw(
                    new DoubleValue(123456789.04), WriteTarget.of(ValueType.UINT32), scale(0.1, 0)))
        .hasMessage("123456789.04 is not a multiple of the tag's scale");
    assertThatThrownBy(
            () ->
                Coercion.raw(
                    PlainValues.parse("900719925474099.31"),
                    WriteTarget.of(ValueType.INT64),
                    scale(0.01, 0)))
        .hasMessageEndingWith(
            "has more digits than a decimal keeps: the device would get another number");
  }

  @Test
  void takesOtherTypes() throws Exception {
    assertThat(raw(BooleanValue.TRUE, ValueType.BOOLEAN)).isEqualTo(BooleanValue.TRUE);
    assertThat(raw(new TextValue("a"), ValueType.STRING)).isEqualTo(new TextValue("a"));
    assertThat(raw(new TextValue("AAH/"), ValueType.BYTES))
        .isEqualTo(new BytesValue(new byte[] {0, 1, -1}));
    assertThat(raw(new TextValue("2026-11-28T22:28:12+01:00"), ValueType.DATETIME))
        .isEqualTo(new InstantValue(Instant.parse("2026-11-28T21:28:12Z")));
    assertThat(raw(new DoubleValue(90.6), ValueType.FLOAT32)).isEqualTo(new DoubleValue(90.6));
  }

  @Test
  void takesArraysElementByElement() throws Exception {
    Value array = PlainValues.parse("[1, 2, 3]");
    assertThat(Coercion.raw(array, WriteTarget.arrayOf(ValueType.UINT8), Scaling.NONE))
        .isEqualTo(
            new ArrayValue(
                ValueType.UINT8, List.of(new LongValue(1), new LongValue(2), new LongValue(3))));
    assertThatThrownBy(
            () ->
                Coercion.raw(
                    PlainValues.parse("[1, 256]"),
                    WriteTarget.arrayOf(ValueType.UINT8),
                    Scaling.NONE))
        .hasMessageContaining("256");
    assertThatThrownBy(
            () ->
                Coercion.raw(new LongValue(1), WriteTarget.arrayOf(ValueType.UINT8), Scaling.NONE))
        .hasMessageContaining("array");
    assertThatThrownBy(() -> raw(array, ValueType.UINT8)).hasMessageContaining("array");
  }

  private static Value raw(Value value, ValueType type) throws CommandRejectedException {
    return Coercion.raw(value, WriteTarget.of(type), Scaling.NONE);
  }

  private static Scaling scale(double scale, double offset) {
    return new Scaling(scale, offset);
  }
}
