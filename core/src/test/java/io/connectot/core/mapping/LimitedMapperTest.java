// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.mapping.MappingSamples.Sent;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.record.RecordSize;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

/** Values that Kafka would refuse with their record. */
class LimitedMapperTest {
  private static final int LIMIT = 1_000_000;
  private static final Tag<String> LOG = MappingSamples.tag("log", ValueType.STRING);
  private static final Tag<String> IMAGE = MappingSamples.tag("image", ValueType.BYTES);
  private static final Tag<String> TEMP = MappingSamples.tag("temp", ValueType.INT64);
  private static final Tag<String> CURVE = MappingSamples.tag("curve", ValueType.FLOAT64);

  private static List<Sent> map(RecordLayout layout, Measurement... scan) {
    MappingSettings settings = MappingSamples.settings(layout);
    RecordMapper mapper =
        new LimitedMapper(
            RecordMapper.of(settings, List.of(LOG, IMAGE, TEMP, CURVE)),
            layout,
            new RecordLimit(LIMIT, RecordSize.LONGEST));
    return MappingSamples.map(mapper.forDevice(MappingSamples.PRESS), scan);
  }

  private static Measurement text(int length) {
    return MappingSamples.good(LOG, new TextValue("x".repeat(length)));
  }

  private static Measurement image(int length) {
    return MappingSamples.good(IMAGE, new BytesValue(new byte[length]));
  }

  @Test
  void aLargeValueIsBadAndItsNeighboursGoOn() {
    List<Sent> sent =
        map(
            RecordLayout.MEASUREMENT,
            text(2_097_152),
            MappingSamples.good(TEMP, new LongValue(21)));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).field("quality")).isEqualTo("BAD");
    assertThat(sent.get(0).field("status"))
        .isEqualTo("VALUE_TOO_LARGE 2097152 bytes, record.max.bytes is 1000000");
    assertThat(sent.get(0).field("value_string")).isNull();
    assertThat(sent.get(0).field("type")).isEqualTo("STRING");
    assertThat(sent.get(1).field("value_long")).isEqualTo(21L);
    assertThat(sent.get(1).field("quality")).isEqualTo("GOOD");
  }

  @Test
  void bytesAreCountedInBase64() {
    assertThat(map(RecordLayout.MEASUREMENT, image(740_000)).get(0).field("quality"))
        .isEqualTo("GOOD");
    assertThat(map(RecordLayout.MEASUREMENT, image(900_000)).get(0).field("status"))
        .isEqualTo(
            "VALUE_TOO_LARGE 900000 bytes (1200002 in a record), record.max.bytes is 1000000");
  }

  @Test
  void textIsCountedWithItsEscapes() {
    Measurement quotes = MappingSamples.good(LOG, new TextValue("\"".repeat(600_000)));
    assertThat(map(RecordLayout.MEASUREMENT, quotes).get(0).field("quality")).isEqualTo("BAD");
    assertThat(map(RecordLayout.MEASUREMENT, text(980_000)).get(0).field("quality"))
        .isEqualTo("GOOD");
  }

  @Test
  void arraysAreCountedAsTheirText() {
    assertThat(map(RecordLayout.MEASUREMENT, curve(200_000)).get(0).field("quality"))
        .isEqualTo("GOOD");
    assertThat(map(RecordLayout.MEASUREMENT, curve(400_000)).get(0).field("quality"))
        .isEqualTo("BAD");
  }

  @Test
  void theLayoutValueHasNoValueAndSaysWhyInHeaders() {
    Sent sent = map(RecordLayout.VALUE, text(2_097_152)).get(0);
    assertThat(sent.value()).isNull();
    assertThat(sent.header("ot.quality")).isEqualTo("BAD");
    assertThat(sent.header("ot.status")).asString().startsWith("VALUE_TOO_LARGE 2097152 bytes");
  }

  @Test
  void aRowKeepsWhatFitsTogether() {
    Sent row =
        map(
                RecordLayout.ROW,
                text(600_000),
                image(400_000),
                MappingSamples.good(TEMP, new LongValue(21)))
            .get(0);
    assertThat(row.field("image")).isNotNull();
    assertThat(row.field("temp")).isEqualTo(21L);
    assertThat(row.field("log")).as("the larger of the two").isNull();
  }

  /** What is let through fits with everything that is around it. */
  @Test
  void whatIsLetThroughFitsKafka() {
    JsonConverter converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "true", "converter.type", "value"));
    Sent sent = map(RecordLayout.MEASUREMENT, text(LIMIT - 8002)).get(0);
    assertThat(sent.field("quality")).isEqualTo("GOOD");
    byte[] value = converter.fromConnectData("topic", sent.schema(), sent.value());
    assertThat(value.length).isGreaterThan(990_000).isLessThan(LIMIT);
  }

  private static Measurement curve(int length) {
    List<Value> elements = new ArrayList<>(Collections.nCopies(length, new DoubleValue(1.5)));
    return MappingSamples.good(CURVE, new ArrayValue(ValueType.FLOAT64, elements));
  }
}
