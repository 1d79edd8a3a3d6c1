// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in type goes from the wire through a converter that a worker would use, and back. */
class ValueRoundTripTest {
  private final ValueDecoder values = new ValueDecoder(FakeTypes.none(ValueFixtures.settings()));

  static Stream<Arguments> samplesAndLayouts() {
    return ValueSample.all().stream()
        .filter(sample -> !isBeyondJson(sample))
        .flatMap(
            sample ->
                Stream.of(RecordLayout.MEASUREMENT, RecordLayout.VALUE)
                    .map(layout -> Arguments.of(sample, layout)));
  }

  /** Kafka's JSON converter writes NaN and infinities as texts, and reads those as zero. */
  private static boolean isBeyondJson(ValueSample sample) {
    String value = sample.value().toString();
    return value.contains("NaN") || value.contains("Infinity");
  }

  @ParameterizedTest
  @MethodSource("samplesAndLayouts")
  void comesBackEqualWithSchemas(ValueSample sample, RecordLayout layout) {
    SchemaAndValue sent = record(sample, layout);
    JsonConverter converter = converter(true);
    byte[] bytes = converter.fromConnectData("t", sent.schema(), sent.value());
    SchemaAndValue back = converter.toConnectData("t", bytes);
    assertThat(comparable(back.value())).isEqualTo(comparable(sent.value()));
    assertThat(back.schema().type()).isEqualTo(sent.schema().type());
  }

  @ParameterizedTest
  @MethodSource("samplesAndLayouts")
  void isPlainJsonWithoutSchemas(ValueSample sample, RecordLayout layout) throws Exception {
    SchemaAndValue sent = record(sample, layout);
    byte[] bytes = converter(false).fromConnectData("t", sent.schema(), sent.value());
    JsonNode json = new ObjectMapper().readTree(bytes);
    if (layout == RecordLayout.MEASUREMENT) {
      assertThat(json.get("type").textValue()).isEqualTo(sample.type().name());
      if (sample.type() == ValueType.JSON) {
        assertThat(new ObjectMapper().readTree(json.get("value_string").textValue()).isArray())
            .isTrue();
      }
    } else {
      assertThat(json.isArray()).isEqualTo(sample.type() == ValueType.JSON);
    }
  }

  private SchemaAndValue record(ValueSample sample, RecordLayout layout) {
    Tag<String> tag = ValueFixtures.tag(sample.type());
    Measurement measurement =
        ValueFixtures.read(
            values.forNode(new Point<>(ValueFixtures.DEVICE, tag), NodeIds.BaseDataType),
            overTheWire(new Variant(sample.raw())).value());
    assertThat(measurement.value()).isEqualTo(sample.value());
    MappingSettings settings =
        new MappingSettings(
            layout,
            RecordKey.PATH,
            NameTemplate.compile("t", Vocabulary.MEASUREMENT),
            new RecordOrigin("", "opcua", "c"),
            RecordForm.DEFAULT);
    List<SchemaAndValue> sent = new ArrayList<>();
    RecordMapper.of(settings, List.of(tag))
        .forDevice(ValueFixtures.DEVICE)
        .map(
            List.of(measurement),
            List.of(measurement),
            made -> {
              if (made.value() instanceof Struct struct) {
                struct.validate();
              }
              sent.add(new SchemaAndValue(made.valueSchema(), made.value()));
            });
    return sent.get(0);
  }

  private static Variant overTheWire(Variant variant) {
    ByteBuf buffer = Unpooled.buffer();
    new OpcUaBinaryEncoder(DefaultEncodingContext.INSTANCE)
        .setBuffer(buffer)
        .encodeVariant(variant);
    return new OpcUaBinaryDecoder(DefaultEncodingContext.INSTANCE)
        .setBuffer(buffer)
        .decodeVariant();
  }

  private static JsonConverter converter(boolean schemas) {
    JsonConverter converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", schemas, "decimal.format", "NUMERIC"), false);
    return converter;
  }

  /** Structs and byte arrays in a form that has a deep equality. */
  private static Object comparable(Object value) {
    if (value instanceof Struct struct) {
      return struct.schema().fields().stream()
          .map(field -> Arrays.asList(field.name(), comparable(struct.get(field))))
          .toList();
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }
}
