// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.mapping.Mapped.Made;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON with a schema. */
class JsonSchemaTest {
  private static final String TOPIC = "plant/press1/temp";

  private static Mapped given(String schema) {
    return new Mapped(
        "mqtt.format", "json", "mqtt.json.schema", "given", "mqtt.json.schema.text", schema);
  }

  private static Mapped inferring() {
    return new Mapped("mqtt.format", "json", "mqtt.json.schema", "inferred");
  }

  @Test
  void infersOptionalFieldsInTheOrderOfTheirNames() throws Exception {
    Made made =
        inferring()
            .one(
                TOPIC,
                "{\"s\":\"x\",\"b\":true,\"i\":1,\"d\":1.5,\"n\":null,\"o\":{\"x\":1},"
                    + "\"big\":18446744073709551615}");
    Struct struct = (Struct) made.value();
    assertThat(struct.schema()).isSameAs(made.schema());
    assertThat(made.schema().fields())
        .extracting(field -> field.name() + " " + field.schema().type())
        .containsExactly(
            "b BOOLEAN", "big STRING", "d FLOAT64", "i INT64", "n STRING", "o STRUCT", "s STRING");
    assertThat(made.schema().fields()).allMatch(field -> field.schema().isOptional());
    assertThat(struct.get("big")).isEqualTo("18446744073709551615");
    assertThat(struct.getStruct("o").get("x")).isEqualTo(1L);
    struct.validate();
  }

  @Test
  void documentsOfOneShapeHaveOneSchema() throws Exception {
    Mapped mapped = inferring();
    Schema first = mapped.one(TOPIC, "{\"a\":1,\"b\":\"x\"}").schema();
    assertThat(mapped.one(TOPIC, "{\"b\":\"y\",\"a\":2}").schema()).isSameAs(first);
    assertThat(mapped.one(TOPIC, "{\"b\":\"y\",\"a\":2.5}").schema()).isNotEqualTo(first);
  }

  @Test
  void theSchemaGrowsAndDoesNotSwing() throws Exception {
    Mapped mapped = inferring();
    mapped.one(TOPIC, "{\"a\":1,\"o\":{\"x\":1},\"l\":[{\"p\":1}]}");
    Made widest =
        mapped.one(TOPIC, "{\"a\":2.5,\"b\":null,\"o\":{\"y\":true},\"l\":[{\"q\":\"z\"}]}");
    Made next = mapped.one(TOPIC, "{\"a\":3,\"l\":[]}");
    assertThat(next.schema()).isSameAs(widest.schema());
    assertThat(next.schema().fields())
        .extracting(field -> field.name() + " " + field.schema().type())
        .containsExactly("a FLOAT64", "b STRING", "l ARRAY", "o STRUCT");
    assertThat(next.schema().field("o").schema().fields()).hasSize(2);
    assertThat(((Struct) next.value()).get("a")).isEqualTo(3.0);
    assertThat(((Struct) next.value()).get("o")).isNull();
    assertThat(mapped.one(TOPIC, "{\"b\":7}").schema().field("b").schema().type())
        .isEqualTo(Schema.Type.INT64);
  }

  @Test
  void anOddDocumentHasItsTypeForItselfAlone() throws Exception {
    Mapped mapped = inferring();
    Schema usual = mapped.one(TOPIC, "{\"a\":1,\"b\":true}").schema();
    Made odd = mapped.one(TOPIC, "{\"a\":\"n/a\"}");
    assertThat(odd.schema().field("a").schema().type()).isEqualTo(Schema.Type.STRING);
    assertThat(odd.schema().field("b")).isNotNull();
    assertThat(mapped.one(TOPIC, "{\"a\":2}").schema()).isEqualTo(usual);
  }

  @Test
  void everyKafkaTopicHasASchemaOfItsOwn() throws Exception {
    Mapped mapped =
        new Mapped("mqtt.format", "json", "mqtt.json.schema", "inferred", "topic", "${topic[1]}");
    mapped.one("plant/press1/temp", "{\"a\":1}");
    assertThat(mapped.one("plant/press2/temp", "{\"b\":1}").schema().fields())
        .extracting(field -> field.name())
        .containsExactly("b");
  }

  @Test
  void namesThatAreDataDoNotGrowTheSchemaWithoutEnd() throws Exception {
    Mapped mapped = inferring();
    for (int i = 0; i < 2_000; i++) {
      Made made = mapped.one(TOPIC, "{\"n" + i + "\":1}");
      assertThat(made.schema().fields().size()).isLessThan(500);
      assertThat(((Struct) made.value()).get("n" + i)).isEqualTo(1L);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[1, 2]; INT64",
        "[1, 2.5]; FLOAT64",
        "[1, null]; INT64",
        "[1, \"x\"]; STRING",
        "[true, 1]; STRING",
        "[]; STRING",
        "[[1], [2.5]]; ARRAY",
        "[{\"a\": 1}, {\"b\": 2}]; STRUCT",
        "[{\"a\": 1}, [1]]; STRING"
      })
  void arraysHaveOneTypeOfElement(String json, Schema.Type element) throws Exception {
    Made made = inferring().one(TOPIC, json);
    assertThat(made.schema().valueSchema().type()).isEqualTo(element);
    new Struct(
            org.apache.kafka.connect.data.SchemaBuilder.struct().field("a", made.schema()).build())
        .put("a", made.value())
        .validate();
  }

  @Test
  void mixedElementsAreTheirJson() throws Exception {
    assertThat(inferring().one(TOPIC, "[1, \"x\", null, {\"a\": [1]}]").value())
        .isEqualTo(Arrays.asList("1", "x", null, "{\"a\":[1]}"));
  }

  @Test
  void aGivenSchemaIsKept() throws Exception {
    Made made =
        given(
                "{\"type\":\"struct\",\"name\":\"acme.Reading\",\"version\":2,\"fields\":["
                    + "{\"field\":\"i8\",\"type\":\"int8\"},"
                    + "{\"field\":\"i32\",\"type\":\"int32\"},"
                    + "{\"field\":\"f\",\"type\":\"float\"},"
                    + "{\"field\":\"d\",\"type\":\"double\",\"optional\":true},"
                    + "{\"field\":\"bytes\",\"type\":\"bytes\"},"
                    + "{\"field\":\"map\",\"type\":\"map\",\"keys\":{\"type\":\"string\"},"
                    + "\"values\":{\"type\":\"boolean\"}},"
                    + "{\"field\":\"list\",\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                    + "{\"field\":\"t\",\"type\":\"int64\","
                    + "\"name\":\"org.apache.kafka.connect.data.Timestamp\"},"
                    + "{\"field\":\"dec\",\"type\":\"bytes\",\"parameters\":{\"scale\":\"2\"},"
                    + "\"name\":\"org.apache.kafka.connect.data.Decimal\"},"
                    + "{\"field\":\"def\",\"type\":\"int16\",\"default\":7}]}")
            .one(
                TOPIC,
                "{\"i8\":1,\"i32\":2,\"f\":3,\"bytes\":\"AQI=\",\"map\":{\"a\":true},"
                    + "\"list\":[\"x\"],\"t\":1700000000000,\"dec\":1.5,\"unknown\":1}");
    Struct struct = (Struct) made.value();
    struct.validate();
    assertThat(made.schema().name()).isEqualTo("acme.Reading");
    assertThat(made.schema().version()).isEqualTo(2);
    assertThat(struct.get("i8")).isEqualTo((byte) 1);
    assertThat(struct.get("f")).isEqualTo(3f);
    assertThat(struct.get("d")).isNull();
    assertThat(struct.getBytes("bytes")).containsExactly(1, 2);
    assertThat(struct.getMap("map")).isEqualTo(Map.of("a", true));
    assertThat(struct.getArray("list")).isEqualTo(List.of("x"));
    assertThat(struct.get("t")).isEqualTo(new Date(1_700_000_000_000L));
    assertThat(struct.get("dec")).isEqualTo(new BigDecimal("1.50"));
    assertThat(struct.get("def")).isEqualTo((short) 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; /a",
        "{\"a\": \"1\"}; /a",
        "{\"a\": 128}; /a",
        "{\"a\": 1.5}; /a",
        "[]; struct",
        "{\"a\": 1, \"b\": [1, \"x\"]}; /b/1"
      })
  void whatDoesNotFitIsPoison(String json, String path) {
    Mapped mapped =
        given(
            "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"int8\"},"
                + "{\"field\":\"b\",\"type\":\"array\",\"optional\":true,"
                + "\"items\":{\"type\":\"int32\"}}]}");
    assertThatThrownBy(() -> mapped.one(TOPIC, json))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining(path);
  }

  @Test
  void aLineMayHaveItsOwnFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("schema.json"), "{\"type\":\"int32\"}");
    Mapped mapped =
        new Mapped(
            "subscriptions.a",
            "plant/+/temp format=json json.schema=given json.schema.file=" + file);
    assertThat(mapped.one(TOPIC, "3").value()).isEqualTo(3);
    assertThat(mapped.one(TOPIC, "").value()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"type\":\"in32\"}; did you mean int32",
        "{\"type\":\"struct\"}; fields",
        "{\"type\":\"struct\",\"fields\":[{\"type\":\"int8\"}]}; without a name",
        "{\"type\":\"array\"}; items",
        "{\"type\":\"map\",\"keys\":{\"type\":\"int8\"},\"values\":{\"type\":\"int8\"}}; keys",
        "{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\"}; scale",
        "{\"type\":\"int8\",\"default\":300}; 300",
        "x; not JSON"
      })
  void saysWhatIsWrongWithASchema(String schema, String expected) {
    assertThat(MqttSourceConfig.definition().validate(Map.of("mqtt.json.schema.text", schema)))
        .filteredOn(value -> value.name().equals("mqtt.json.schema.text"))
        .flatExtracting(value -> value.errorMessages())
        .singleElement()
        .asString()
        .contains(expected);
  }

  @Test
  void aGivenSchemaIsNeeded() {
    assertThat(
            MqttSourceConfig.unchecked(
                    Mapped.config("subscriptions.a", "x format=json json.schema=given"))
                .problems())
        .singleElement()
        .asString()
        .contains("subscriptions.a", "mqtt.json.schema.text");
    assertThat(
            MqttSourceConfig.unchecked(
                    Mapped.config("subscriptions.a", "x format=json json.schema.file=x"))
                .problems())
        .singleElement()
        .asString()
        .contains("json.schema=given");
  }

  @Test
  void objectsOfManyNamesNeitherTakeForEverNorAllMemory() {
    StringBuilder json = new StringBuilder("[{\"a\":{\"n\":1}}");
    for (int i = 0; i < 100_000; i++) {
      json.append(",{\"a\":{\"n").append(i).append("\":1}}");
    }
    Mapped mapped =
        new Mapped(
            "mqtt.format", "json",
            "mqtt.json.schema", "inferred",
            "mqtt.payload.max.bytes", "4000000");
    assertThatThrownBy(() -> mapped.one(TOPIC, json.append(']').toString()))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("1000000 fields");
  }
}
