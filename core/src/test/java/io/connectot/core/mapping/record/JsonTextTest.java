// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.ShortestDecimal;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void keepsEveryDigitOfAWholeNumber() {
    assertThat(
            json(
                ValueType.UINT64,
                new LongValue(9_007_199_254_740_993L),
                new BigValue(new BigInteger("18446744073709551615"))))
        .isEqualTo("[9007199254740993,18446744073709551615]");
  }

  @Test
  void writesNumbersInTheirOwnDigits() {
    assertThat(json(ValueType.FLOAT32, new DoubleValue(ShortestDecimal.of(0.1f))))
        .isEqualTo("[0.1]");
    assertThat(json(ValueType.FLOAT64, new DoubleValue(0.1f))).isEqualTo("[0.10000000149011612]");
  }

  @Test
  void writesAsTextWhatJsonCannotSay() {
    assertThat(
            json(
                ValueType.FLOAT64,
                new DoubleValue(Double.NaN),
                new DoubleValue(Double.POSITIVE_INFINITY),
                new DoubleValue(Double.NEGATIVE_INFINITY)))
        .isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
    assertThat(json(ValueType.BYTES, new BytesValue(new byte[] {1, 2}))).isEqualTo("[\"AQI=\"]");
    assertThat(json(ValueType.DATETIME, new InstantValue(Instant.EPOCH)))
        .isEqualTo("[\"1970-01-01T00:00:00Z\"]");
  }

  @Test
  void escapesText() {
    assertThat(json(ValueType.STRING, new TextValue("\"\\\n\r\t\u0001°")))
        .isEqualTo("[\"\\\"\\\\\\n\\r\\t\\u0001°\"]");
  }

  @Test
  void nests() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("on", BooleanValue.TRUE);
    fields.put(
        "rows",
        new ArrayValue(
            ValueType.JSON,
            List.of(
                new ArrayValue(ValueType.INT8, List.of(new LongValue(1))),
                new ArrayValue(ValueType.INT8, List.of()))));
    assertThat(JsonText.of(new StructValue("T", fields)))
        .isEqualTo("{\"on\":true,\"rows\":[[1],[]]}");
  }

  private static String json(ValueType elementType, Value... elements) {
    return JsonText.of(new ArrayValue(elementType, List.of(elements)));
  }
}
