// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.sink.UnwritableRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

class ConnectJsonTest {
  @Test
  void writesStructuresWithConnectsOwnTypes() {
    Schema inner = SchemaBuilder.struct().field("x", Schema.INT8_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("at", Timestamp.SCHEMA)
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("time", Time.SCHEMA)
            .field("price", Decimal.schema(2))
            .field("none", Schema.OPTIONAL_STRING_SCHEMA)
            .field("single", Schema.FLOAT32_SCHEMA)
            .field("double", Schema.FLOAT64_SCHEMA)
            .field("nan", Schema.FLOAT64_SCHEMA)
            .field("long", Schema.INT64_SCHEMA)
            .field("on", Schema.BOOLEAN_SCHEMA)
            .field("text", Schema.STRING_SCHEMA)
            .field("bytes", Schema.BYTES_SCHEMA)
            .field("days", SchemaBuilder.array(org.apache.kafka.connect.data.Date.SCHEMA).build())
            .field("inner", inner)
            .field(
                "map", SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.OPTIONAL_INT32_SCHEMA).build())
            .build();
    Struct value =
        new Struct(schema)
            .put("at", Date.from(Instant.parse("2026-11-21T12:00:00.123Z")))
            .put("day", Date.from(Instant.parse("2026-11-21T00:00:00Z")))
            .put("time", new Date(3_723_004))
            .put("price", new BigDecimal("1234567890123456789.10"))
            .put("single", 0.1f)
            .put("double", 0.1)
            .put("nan", Double.NaN)
            .put("long", Long.MAX_VALUE)
            .put("on", true)
            .put("text", "a\"\\\n\u0001ü")
            .put("bytes", ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .put("days", List.of(new Date(0)))
            .put("inner", new Struct(inner).put("x", (byte) -1))
            .put("map", Map.of(7, 8));
    assertThat(ConnectJson.of(schema, value))
        .isEqualTo(
            "{\"at\":\"2026-11-21T12:00:00.123Z\",\"day\":\"2026-11-21\",\"time\":\"01:02:03.004\","
                + "\"price\":1234567890123456789.10,\"none\":null,\"single\":0.1,\"double\":0.1,"
                + "\"nan\":\"NaN\",\"long\":9223372036854775807,\"on\":true,"
                + "\"text\":\"a\\\"\\\\\\n\\u0001ü\",\"bytes\":\"AQID\",\"days\":[\"1970-01-01\"],"
                + "\"inner\":{\"x\":-1},\"map\":{\"7\":8}}");
  }

  @Test
  void writesDataWithoutASchema() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("list", Arrays.asList(1L, null, "x", List.of()));
    map.put("big", new BigInteger("18446744073709551615"));
    map.put("short", (short) 7);
    map.put("nothing", null);
    assertThat(ConnectJson.of(null, map))
        .isEqualTo(
            "{\"list\":[1,null,\"x\",[]],\"big\":18446744073709551615,\"short\":7,"
                + "\"nothing\":null}");
  }

  @Test
  void refusesWhatJsonCannotSay() {
    assertThatThrownBy(() -> ConnectJson.of(null, Map.of(List.of(1), 1)))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("keys");
    assertThatThrownBy(() -> ConnectJson.of(null, List.of(new Object())))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("java.lang.Object");
    List<Object> deep = new ArrayList<>();
    List<Object> deepest = deep;
    for (int i = 0; i < 10_000; i++) {
      List<Object> next = new ArrayList<>();
      deepest.add(next);
      deepest = next;
    }
    assertThatThrownBy(() -> ConnectJson.of(null, deep))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void doesNotWriteAFewBytesAsAThousandMillionDigits() {
    assertThat(ConnectJson.of(null, List.of(new BigDecimal("1e999999999"))))
        .isEqualTo("[1E+999999999]");
  }
}
