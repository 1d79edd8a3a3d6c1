// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.converters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class JsonConverterTest {
  private static final Schema POINT =
      SchemaBuilder.struct()
          .name("point")
          .field("x", Schema.FLOAT64_SCHEMA)
          .field("unit", Schema.OPTIONAL_STRING_SCHEMA)
          .field("at", Timestamp.SCHEMA)
          .build();

  private final Converters converters = Converters.with();

  private static Struct point() {
    return new Struct(POINT).put("x", 90.6).put("at", new Date(1_700_000_000_123L));
  }

  private static String json(JsonConverter converter, Schema schema, Object value) {
    return new String(converter.fromConnectData("t", schema, value), UTF_8);
  }

  @Test
  void writesAStruct() {
    assertThat(json(converters.ours, POINT, point()))
        .isEqualTo("{\"x\":90.6,\"unit\":null,\"at\":1700000000123}");
    converters.assertSame(POINT, point());
  }

  /** Otherwise the other tests would compare Kafka's converter with itself. */
  @Test
  void writesMostRecordsWithoutKafkasConverter() {
    assertThat(converters.ours.writesItself()).isTrue();
    SchemaCompiler compiler = new SchemaCompiler(true, false);
    int written = 0;
    for (int seed = 0; seed < 1000; seed++) {
      GeneratedData data = new GeneratedData(Choices.of(new Random(seed)));
      Schema schema = data.schema(3);
      Object value = data.value(schema, 3);
      JsonOutput out = new JsonOutput(new StringEncodings());
      try {
        compiler.compile(schema).write(value, out);
      } catch (RuntimeException e) {
        continue;
      }
      assertThat(out.toBytes()).isEqualTo(converters.kafka.fromConnectData("t", schema, value));
      written++;
    }
    assertThat(written).isGreaterThan(800);
  }

  @Test
  void writesNullAsKafka() {
    assertThat(converters.ours.fromConnectData("t", null, null)).isNull();
    assertThat(json(converters.ours, Schema.OPTIONAL_STRING_SCHEMA, null)).isEqualTo("null");
    converters.assertSame(null, null);
    converters.assertSame(Schema.OPTIONAL_STRING_SCHEMA, null);
    converters.assertSame(Schema.STRING_SCHEMA, null);
  }

  @Test
  void replacesNullWithTheDefaultIfAskedTo() {
    Schema schema =
        SchemaBuilder.struct()
            .field("a", SchemaBuilder.int32().optional().defaultValue(5).build())
            .build();
    assertThat(json(converters.ours, schema, new Struct(schema))).isEqualTo("{\"a\":5}");
    Converters keeping = Converters.with("replace.null.with.default", false);
    assertThat(json(keeping.ours, schema, new Struct(schema))).isEqualTo("{\"a\":null}");
    converters.assertSame(schema, new Struct(schema));
    keeping.assertSame(schema, new Struct(schema));
  }

  @Test
  void writesDecimalsInTheFormatOfTheOption() {
    Schema schema = Decimal.schema(2);
    BigDecimal value = new BigDecimal("123456789012345678901.10");
    Converters numeric = Converters.with("decimal.format", "numeric");
    assertThat(json(numeric.ours, schema, value)).isEqualTo("123456789012345678901.10");
    numeric.assertSame(schema, value);
    numeric.assertSame(Decimal.schema(-3), new BigDecimal("1E+3"));
    converters.assertSame(schema, value);
    converters.assertSame(schema, new BigDecimal("1.5"));
  }

  @Test
  void writesNotANumberAndInfinityAsText() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      converters.assertSame(Schema.FLOAT64_SCHEMA, value);
      converters.assertSame(Schema.FLOAT32_SCHEMA, (float) value);
    }
    assertThat(json(converters.ours, null, Double.NaN)).isEqualTo("\"NaN\"");
  }

  @Test
  void writesTextOfAnyLengthAndAnyCharacters() {
    for (String text :
        List.of("", "ä€\u0001", "\ud83d\ude00", "x\ud800", "\"\\/\b\f\n\r\t\u007f")) {
      for (int times : new int[] {1, 50, 2000, 800_000}) {
        converters.assertSame(Schema.STRING_SCHEMA, text.repeat(times));
      }
    }
  }

  @Test
  void writesMapsByTheTypeOfTheirKeys() {
    Schema numbers = SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build();
    assertThat(json(converters.ours, numbers, Map.of(1, "a"))).isEqualTo("[[1,\"a\"]]");
    Schema texts = SchemaBuilder.map(Schema.OPTIONAL_STRING_SCHEMA, Schema.STRING_SCHEMA).build();
    assertThat(json(converters.ours, texts, Map.of("1", "a"))).isEqualTo("{\"1\":\"a\"}");
    Map<Object, Object> sameText = new LinkedHashMap<>();
    sameText.put(null, "a");
    sameText.put("null", "b");
    sameText.put("c", "c1");
    sameText.put(CharBuffer.wrap("c"), "c2");
    converters.assertSame(texts, sameText);
    converters.assertSame(null, sameText);
    Schema dates = SchemaBuilder.map(org.apache.kafka.connect.data.Date.SCHEMA, texts).build();
    converters.assertSame(dates, Map.of(new Date(0), Map.of()));
    Schema textDates =
        SchemaBuilder.map(
                SchemaBuilder.string().name(Timestamp.LOGICAL_NAME).build(), Schema.STRING_SCHEMA)
            .build();
    converters.assertSame(textDates, Map.of(new Date(5), "a"));
  }

  @Test
  void writesTheWholeArrayBehindAByteBuffer() {
    ByteBuffer part = ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 1);
    converters.assertSame(Schema.BYTES_SCHEMA, part);
    converters.assertSame(null, part);
    converters.assertSame(Schema.BYTES_SCHEMA, part.asReadOnlyBuffer());
  }

  @Test
  void throwsTheErrorsOfKafkasConverter() {
    assertThatThrownBy(() -> converters.ours.fromConnectData("t", Schema.INT32_SCHEMA, "a"))
        .isInstanceOf(DataException.class)
        .hasMessage("Invalid type for INT32: class java.lang.String");
    converters.assertSame(Schema.STRING_SCHEMA, 5);
    converters.assertSame(Schema.BYTES_SCHEMA, "a");
    converters.assertSame(POINT, Map.of());
    converters.assertSame(POINT, new Struct(POINT));
    converters.assertSame(POINT, new Struct(SchemaBuilder.struct().build()));
    converters.assertSame(Timestamp.SCHEMA, 5L);
    converters.assertSame(org.apache.kafka.connect.data.Date.SCHEMA, new Date(5));
    converters.assertSame(Decimal.schema(1), 5);
    converters.assertSame(null, new Object());
    converters.assertSame(null, point());
    converters.assertSame(null, List.of(new Date(0)));
    converters.assertSame(SchemaBuilder.array(POINT).build(), Arrays.asList(point(), null));
  }

  @Test
  void writesAfterAnErrorAsBefore() {
    converters.assertSame(SchemaBuilder.array(POINT).build(), Arrays.asList(point(), null));
    converters.assertSame(POINT, point());
  }

  @Test
  void limitsTheDepthAsKafka() {
    for (int depth : new int[] {199, 200, 201, 999, 1001}) {
      Object nested = 1;
      for (int i = 0; i < depth; i++) {
        nested = i % 2 == 0 ? List.of(nested) : Map.of("a", nested);
      }
      converters.assertSame(null, nested);
    }
    Schema schema = Schema.INT32_SCHEMA;
    Object value = 1;
    for (int i = 0; i < 300; i++) {
      schema = SchemaBuilder.array(schema).build();
      value = List.of(value);
    }
    converters.assertSame(schema, value);
  }

  @Test
  void followsABuilderThatChanges() {
    SchemaBuilder builder = SchemaBuilder.struct().field("a", Schema.INT32_SCHEMA);
    converters.assertSame(builder, new Struct(builder).put("a", 1));
    builder.field("b", Schema.INT32_SCHEMA);
    converters.assertSame(builder, new Struct(builder).put("a", 1).put("b", 2));
    Schema outer = SchemaBuilder.struct().field("c", builder).build();
    converters.assertSame(
        outer, new Struct(outer).put("c", new Struct(builder).put("a", 1).put("b", 2)));
  }

  @Test
  void writesASchemaThatContainsItself() {
    SchemaBuilder builder = SchemaBuilder.struct().name("node").optional();
    builder.field("name", Schema.STRING_SCHEMA).field("child", builder);
    Struct leaf = new Struct(builder).put("name", "leaf");
    Schema schema = builder.build();
    converters.assertSame(schema, new Struct(schema).put("name", "root").put("child", leaf));
  }

  @Test
  void takesEqualSchemasForTheSame() {
    Schema copy =
        SchemaBuilder.struct()
            .name("point")
            .field("x", Schema.FLOAT64_SCHEMA)
            .field("unit", Schema.OPTIONAL_STRING_SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .build();
    converters.assertSame(copy, point());
    converters.assertSame(POINT, point());
  }

  @Test
  void writesTheTextOfTheRecordWhateverTextsCameBefore() {
    String other = "x".repeat(StringEncodings.MAX_LENGTH);
    for (String text : List.of("bar", "bar", "°C", "bar", "°C", "°C", other, other, other + "y")) {
      Struct struct = point().put("unit", text);
      assertThat(converters.ours.fromConnectData("t", POINT, struct))
          .isEqualTo(converters.kafka.fromConnectData("t", POINT, struct));
    }
  }

  @Test
  void keepsTheWritersOfTheSchemasUsedLast() {
    SchemaWriters writers = new SchemaWriters(new SchemaCompiler(true, false), 2);
    NullableWriter first = writers.of(Schema.INT8_SCHEMA);
    writers.of(Schema.INT16_SCHEMA);
    assertThat(writers.of(Schema.INT8_SCHEMA)).isSameAs(first);
    writers.of(Schema.INT32_SCHEMA);
    assertThat(writers.of(Schema.INT8_SCHEMA)).isSameAs(first);
    writers.of(Schema.INT16_SCHEMA);
    writers.of(Schema.INT32_SCHEMA);
    assertThat(writers.of(Schema.INT8_SCHEMA)).isNotSameAs(first);
  }

  @Test
  void leavesSchemasInTheRecordToKafka() {
    Converters enveloped = Converters.with("schemas.enable", true);
    assertThat(enveloped.ours.writesItself()).isFalse();
    enveloped.assertSame(POINT, point());
    byte[] bytes = enveloped.kafka.fromConnectData("t", POINT, point());
    SchemaAndValue read = enveloped.ours.toConnectData("t", bytes);
    assertThat(read).isEqualTo(enveloped.kafka.toConnectData("t", bytes));
    assertThat(read.value()).isEqualTo(point());
  }

  @Test
  void readsAsKafka() {
    for (String text : List.of("{\"a\":[1,2.5,null,\"b\"]}", "5", "null")) {
      byte[] bytes = text.getBytes(UTF_8);
      assertThat(converters.ours.toConnectData("t", bytes))
          .isEqualTo(converters.kafka.toConnectData("t", bytes));
      assertThat(converters.ours.toConnectHeader("t", "h", bytes))
          .isEqualTo(converters.kafka.toConnectHeader("t", "h", bytes));
    }
    assertThat(converters.ours.toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
    assertThatThrownBy(() -> converters.ours.toConnectData("t", "{".getBytes(UTF_8)))
        .isInstanceOf(DataException.class);
  }

  @Test
  void writesHeadersAsKafka() {
    assertThat(converters.ours.fromConnectHeader("t", "h", POINT, point()))
        .isEqualTo(converters.kafka.fromConnectHeader("t", "h", POINT, point()));
  }

  @Test
  void isConfiguredAsKafka() {
    assertThat(converters.ours.config().names())
        .isEqualTo(converters.kafka.config().names())
        .contains("schemas.enable", "schemas.cache.size", "decimal.format");
    assertThat(converters.ours.version()).isNotBlank();
    JsonConverter keys = new JsonConverter();
    keys.configure(Map.of("schemas.enable", "false"), true);
    assertThat(json(keys, Schema.STRING_SCHEMA, "plant/line1")).isEqualTo("\"plant/line1\"");
    keys.configure(Map.of("schemas.enable", "false", "converter.type", "header"));
    assertThat(json(keys, null, 1.5)).isEqualTo("1.5");
    keys.close();
  }

  @Test
  void isSafeForSeveralThreads() {
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int seed = t;
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                Random random = new Random(seed);
                for (int i = 0; i < 20_000; i++) {
                  String text = "t" + random.nextInt(5000);
                  assertThat(json(converters.ours, null, Map.of(text, text)))
                      .isEqualTo("{\"" + text + "\":\"" + text + "\"}");
                }
              }));
    }
    CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
  }
}
