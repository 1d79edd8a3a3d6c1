// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static io.connectot.core.mapping.MappingSamples.PRESS;
import static io.connectot.core.mapping.MappingSamples.good;
import static io.connectot.core.mapping.MappingSamples.settings;
import static io.connectot.core.mapping.MappingSamples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type in every layout passes a converter that a worker would use. */
class JsonConverterRoundTripTest {

  static Stream<Arguments> everyTypeAndLayout() {
    return Arrays.stream(ValueType.values())
        .flatMap(
            type -> Arrays.stream(RecordLayout.values()).map(layout -> Arguments.of(type, layout)));
  }

  @ParameterizedTest
  @MethodSource("everyTypeAndLayout")
  void comesBackEqualWithSchemas(ValueType type, RecordLayout layout) {
    JsonConverter converter = converter(true);
    for (Sent sent : records(type, layout)) {
      byte[] bytes = converter.fromConnectData(sent.topic(), sent.schema(), sent.value());
      SchemaAndValue back = converter.toConnectData(sent.topic(), bytes);
      assertThat(comparable(back.value())).isEqualTo(comparable(sent.value()));
      assertThat(back.schema().name()).isEqualTo(sent.schema().name());
      assertThat(back.schema().type()).isEqualTo(sent.schema().type());
    }
  }

  @ParameterizedTest
  @MethodSource("everyTypeAndLayout")
  void isPlainJsonWithoutSchemas(ValueType type, RecordLayout layout) throws IOException {
    JsonConverter converter = converter(false);
    for (Sent sent : records(type, layout)) {
      byte[] bytes = converter.fromConnectData(sent.topic(), sent.schema(), sent.value());
      JsonNode json = new ObjectMapper().readTree(bytes);
      if (layout != RecordLayout.VALUE) {
        assertThat(json.get("device").textValue()).isEqualTo("press1");
        assertThat(json.get("event_time_ns").longValue()).isEqualTo(MappingSamples.NANOS);
      } else {
        assertThat(json.isNull()).isEqualTo(sent.value() == null);
      }
    }
  }

  private static List<Sent> records(ValueType type, RecordLayout layout) {
    Tag<String> tag = tag("t", type);
    DeviceMapper mapper = RecordMapper.of(settings(layout), List.of(tag)).forDevice(PRESS);
    Stream<Measurement> good = MappingSamples.samples().get(type).stream().map(v -> good(tag, v));
    Measurement bad = Measurement.bad(Points.of(PRESS, tag), MappingSamples.NANOS, "TIMEOUT");
    return Stream.concat(good, Stream.of(bad))
        .map(measurement -> MappingSamples.map(mapper, measurement).get(0))
        .toList();
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
          .map((Field field) -> Arrays.asList(field.name(), comparable(struct.get(field))))
          .toList();
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    return value;
  }
}
