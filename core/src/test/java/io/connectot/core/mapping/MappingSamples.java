// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.RecordSink;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;

/** A device, its tags, and a sink that keeps what it gets. */
public final class MappingSamples {
  public static final Device<String> PRESS =
      new Device<>("press1", "tcp://10.0.0.5:502", "", Map.of("area", "hall 2", "line", "a"));

  /** An instant with a fraction of a millisecond. */
  public static final long NANOS = 1_700_000_000_123_456_789L;

  public static final long MILLIS = 1_700_000_000_123L;

  private MappingSamples() {}

  public static Tag<String> tag(String name, ValueType type) {
    return tag(name, type, Map.of());
  }

  public static Tag<String> tag(String name, ValueType type, Map<String, String> attributes) {
    return new Tag<>(
        name,
        "address",
        type,
        Optional.of("°C"),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        attributes);
  }

  public static MappingSettings settings(RecordLayout layout) {
    return settings(layout, RecordKey.PATH, "plant.${device}");
  }

  public static MappingSettings settings(RecordLayout layout, RecordKey key, String topic) {
    return new MappingSettings(
        layout,
        key,
        NameTemplate.compile(topic, Vocabulary.MEASUREMENT),
        new RecordOrigin("acme/munich", "modbus", "line1"),
        RecordForm.DEFAULT);
  }

  static Measurement good(Tag<?> tag, Value value) {
    return Measurement.good(Points.of(PRESS, tag), NANOS, value);
  }

  /** A record as the runtime gets it. */
  public record Sent(
      String topic,
      Schema keySchema,
      Object key,
      Schema schema,
      Object value,
      long timestamp,
      Headers headers,
      int size) {
    public Object field(String name) {
      return ((Struct) value).get(name);
    }

    public Object header(String name) {
      Header header = headers.lastWithName(name);
      return header == null ? null : header.value();
    }
  }

  /** Maps a scan of which everything is reported. */
  public static List<Sent> map(DeviceMapper mapper, Measurement... scan) {
    return map(mapper, List.of(scan), List.of(scan));
  }

  public static List<Sent> map(
      DeviceMapper mapper, List<Measurement> scan, List<Measurement> reported) {
    List<Sent> sent = new ArrayList<>();
    mapper.map(scan, reported, into(sent));
    return sent;
  }

  public static RecordSink into(List<Sent> sent) {
    return made ->
        sent.add(
            new Sent(
                made.topic(),
                made.keySchema(),
                made.key(),
                made.valueSchema(),
                made.value(),
                made.timestampMillis(),
                made.headers(),
                made.sizeEstimate()));
  }

  /** A value of every type, at the edges of its range. */
  public static Map<ValueType, List<Value>> samples() {
    return Map.ofEntries(
        Map.entry(ValueType.BOOLEAN, List.of(Value.BooleanValue.TRUE, Value.BooleanValue.FALSE)),
        Map.entry(ValueType.INT8, integers(Byte.MIN_VALUE, Byte.MAX_VALUE)),
        Map.entry(ValueType.UINT8, integers(0, 255)),
        Map.entry(ValueType.INT16, integers(Short.MIN_VALUE, Short.MAX_VALUE)),
        Map.entry(ValueType.UINT16, integers(0, 65_535)),
        Map.entry(ValueType.INT32, integers(Integer.MIN_VALUE, Integer.MAX_VALUE)),
        Map.entry(ValueType.UINT32, integers(0, 4_294_967_295L)),
        Map.entry(ValueType.INT64, integers(Long.MIN_VALUE, Long.MAX_VALUE)),
        Map.entry(
            ValueType.UINT64,
            List.of(
                new Value.LongValue(Long.MAX_VALUE),
                new Value.BigValue(new java.math.BigInteger("18446744073709551615")))),
        Map.entry(
            ValueType.FLOAT32,
            List.of(new Value.DoubleValue(0.1f), new Value.DoubleValue(Float.MAX_VALUE))),
        Map.entry(
            ValueType.FLOAT64,
            List.of(new Value.DoubleValue(Math.PI), new Value.DoubleValue(Double.MIN_VALUE))),
        Map.entry(
            ValueType.STRING,
            List.of(new Value.TextValue(""), new Value.TextValue("Grüße \"\n\u0001 €"))),
        Map.entry(
            ValueType.BYTES,
            List.of(
                new Value.BytesValue(new byte[0]),
                new Value.BytesValue(new byte[] {0, 127, -128, -1}))),
        Map.entry(
            ValueType.DATETIME,
            List.of(
                new Value.InstantValue(Instant.parse("2024-02-29T12:00:00.123Z")),
                new Value.InstantValue(Instant.parse("1969-12-31T23:59:59.999Z")))),
        Map.entry(
            ValueType.JSON,
            List.of(
                new Value.TextValue("{\"a\":1}"),
                new Value.ArrayValue(ValueType.INT16, integers(-1, 2)))),
        Map.entry(ValueType.UNKNOWN, List.of(new Value.TextValue("on"), new Value.TextValue(""))));
  }

  private static List<Value> integers(long low, long high) {
    return List.of(new Value.LongValue(low), new Value.LongValue(high));
  }
}
