// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.sparkplug.payload.MetricValue.ArrayValue;
import io.connectot.sparkplug.payload.MetricValue.BigValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.BytesValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.MetricValue.UntypedInteger;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TypedValuesTest {
  @ParameterizedTest
  @CsvSource({
    // A negative number with 32, with 64 and with its own number of bits.
    "INT8, 4294967284, -12",
    "INT8, 18446744073709551604, -12",
    "INT8, 244, -12",
    "INT8, 127, 127",
    "INT16, 4294967284, -12",
    "INT16, 65524, -12",
    "INT32, 4294967284, -12",
    "INT32, 18446744073709551604, -12",
    "INT32, 2147483648, -2147483648",
    "INT64, 18446744073709551604, -12",
    "INT64, 4294967284, 4294967284",
    "UINT8, 255, 255",
    "UINT16, 65535, 65535",
    "UINT32, 4294967284, 4294967284",
    "UINT64, 9223372036854775807, 9223372036854775807"
  })
  void theTypeDecidesTheSign(DataType type, String sent, long number) {
    assertThat(typed(type, sent)).isEqualTo(new LongValue(number));
  }

  @Test
  void anUnsignedNumberOf64BitsIsExact() {
    assertThat(typed(DataType.UINT64, "18446744073709551615"))
        .isEqualTo(new BigValue(new BigInteger("18446744073709551615")));
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, 256",
    "INT16, 65536",
    "INT32, 4294967296",
    "UINT8, 256",
    "UINT8, 4294967240",
    "UINT16, 65536",
    "UINT32, 4294967296"
  })
  void aNumberOutOfRangeIsInvalid(DataType type, String sent) {
    assertThat(typed(type, sent))
        .isEqualTo(new InvalidValue(sent + " is out of the range of " + type.specName()));
  }

  private static MetricValue typed(DataType type, String sent) {
    return TypedValues.of(type, new UntypedInteger(Long.parseUnsignedLong(sent)));
  }

  @Test
  void valuesInTheFieldOfAnotherTypeAreInvalid() {
    assertThat(TypedValues.of(DataType.INT32, new DoubleValue(1)))
        .isEqualTo(new InvalidValue("the value was sent as a double, which is not a Int32"));
    assertThat(TypedValues.of(DataType.FLOAT, new DoubleValue(1))).isInstanceOf(InvalidValue.class);
    assertThat(TypedValues.of(DataType.BOOLEAN, new TextValue("true")))
        .isInstanceOf(InvalidValue.class);
    assertThat(TypedValues.of(DataType.STRING, BooleanValue.TRUE)).isInstanceOf(InvalidValue.class);
    assertThat(TypedValues.of(DataType.PROPERTY_SET, new UntypedInteger(1)))
        .isInstanceOf(InvalidValue.class);
  }

  @Test
  void aFloatIsADoubleToo() {
    assertThat(TypedValues.of(DataType.DOUBLE, new FloatValue(1.5f)))
        .isEqualTo(new DoubleValue(1.5));
  }

  @ParameterizedTest
  @CsvSource({
    "INT8_ARRAY, EF7B, '-17,123'",
    "INT16_ARRAY, 30C0008C, '-16336,-29696'",
    "INT32_ARRAY, FF FF FF FF B3 6D 27 06, '-1,103247283'",
    "INT64_ARRAY, CE0672AC189CBAC4FEFFFFFFFFFFFFFF, '-4270929666821191986,-2'",
    "UINT8_ARRAY, 17FA, '23,250'",
    "UINT16_ARRAY, 1E00 88CC, '30,52360'",
    "UINT32_ARRAY, 3400000049FB55C4, '52,3293969225'",
    "UINT64_ARRAY, 34000000000000 00 FFFFFFFFFFFFFFFF, '52,18446744073709551615'",
    "FLOAT_ARRAY, 00000040 66 66 A2 41, '2.0,20.3'",
    "DOUBLE_ARRAY, 0000000000000840 9A9999999999B93F, '3.0,0.1'",
    "BOOLEAN_ARRAY, 0C000000 34D0,"
        + " 'false,false,true,true,false,true,false,false,true,true,false,true'",
    "STRING_ARRAY, 41424300 68656C6C6F00, 'ABC,hello'",
    "STRING_ARRAY, 41424300 00 6869, 'ABC,,hi'",
    "STRING_ARRAY, '', ''",
    "DATETIME_ARRAY, C7D0907524010000B8BAB89781010000, '1256102875335,1656107875000'"
  })
  void arraysAreLittleEndian(DataType type, String hex, String elements) {
    String digits = hex.replace(" ", "");
    ArrayValue array = (ArrayValue) decoded(type, digits);
    assertThat(array.elementType()).isEqualTo(type.elementType());
    assertThat(String.join(",", array.elements().stream().map(TypedValuesTest::text).toList()))
        .isEqualTo(elements);
  }

  @Test
  void numbersOfAnArrayAreComplete() {
    assertThat(decoded(DataType.UINT32_ARRAY, "3400000001"))
        .isEqualTo(new InvalidValue("5 bytes are not a UInt32Array, whose elements have 4"));
  }

  private static MetricValue decoded(DataType type, String hex) {
    return TypedValues.of(type, new BytesValue(HexFormat.of().parseHex(hex)));
  }

  private static String text(MetricValue value) {
    if (value instanceof LongValue number) {
      return Long.toString(number.value());
    } else if (value instanceof BigValue number) {
      return number.value().toString();
    } else if (value instanceof FloatValue number) {
      return Float.toString(number.value());
    } else if (value instanceof DoubleValue number) {
      return Double.toString(number.value());
    } else if (value instanceof BooleanValue bool) {
      return Boolean.toString(bool.value());
    } else if (value instanceof DateTimeValue time) {
      return Long.toString(time.epochMillis());
    }
    return ((TextValue) value).value();
  }

  @ParameterizedTest
  @CsvSource({"'', the count is missing", "0C00000034, too few", "0100000080FF, too many"})
  void aBooleanArrayHasTheBytesOfItsCount(String hex, String what) {
    assertThat(decoded(DataType.BOOLEAN_ARRAY, hex)).as(what).isInstanceOf(InvalidValue.class);
  }

  @Test
  void textThatIsNotUtf8IsInvalid() {
    assertThat(decoded(DataType.STRING_ARRAY, "67726FDF6500"))
        .isEqualTo(new InvalidValue("the text is not UTF-8"));
    assertThat(decoded(DataType.STRING_ARRAY, "EFBFBD00"))
        .isEqualTo(new ArrayValue(DataType.STRING, List.of(new TextValue("\uFFFD"))));
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void typesHaveTheNumberAndNameOfTheSpecification(DataType type) {
    assertThat(DataType.of(type.code())).isEqualTo(type);
    assertThat(type.specName().replace("_", "").toUpperCase(java.util.Locale.ROOT))
        .isEqualTo(type.name().replace("_", ""));
  }

  @Test
  void otherNumbersAreUnknown() {
    assertThat(DataType.values()).hasSize(35);
    assertThat(DataType.of(35)).isEqualTo(DataType.UNKNOWN);
    assertThat(DataType.of(-1)).isEqualTo(DataType.UNKNOWN);
  }
}
