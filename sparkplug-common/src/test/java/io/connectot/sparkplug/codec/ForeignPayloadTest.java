// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.sparkplug.payload.DataSet;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricMetadata;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.BytesValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertySetList;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.payload.Template;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Payloads that npm's sparkplug-payload encoded: {@code
 * src/test/peers/sparkplug-client/fixtures.js}.
 */
class ForeignPayloadTest {
  private final PayloadDecoder decoder = new PayloadDecoder();

  @Test
  void hasEveryScalarTypeWithItsSign() throws Exception {
    Payload payload = decode("scalars");

    assertThat(payload.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(payload.seq()).isEqualTo(5);
    assertThat(payload.metrics())
        .allSatisfy(metric -> assertThat(metric.timestamp()).isEqualTo(1_700_000_000_001L))
        .allSatisfy(metric -> assertThat(metric.dataType().specName()).isEqualTo(metric.name()))
        .extracting(Metric::value)
        .containsExactly(
            new LongValue(-12),
            new LongValue(-1234),
            new LongValue(-12),
            new LongValue(-9_007_199_254_740_991L),
            new LongValue(200),
            new LongValue(65_535),
            new LongValue(4_294_967_295L),
            new LongValue(9_007_199_254_740_991L),
            new FloatValue(90.6f),
            new DoubleValue(0.1),
            BooleanValue.TRUE,
            new TextValue("größe"),
            new DateTimeValue(1_700_000_000_123L),
            new TextValue("a text"),
            new TextValue("8f3d1c3e-0000-4000-8000-000000000001"),
            new BytesValue(new byte[] {1, 2, -1}),
            new BytesValue(new byte[] {3}));
    assertThat(payload.metrics().get(16).metadata())
        .isEqualTo(new MetricMetadata(true, "text/plain", 1L, 2L, "a.txt", "txt", "d4", "a file"));
  }

  @Test
  void hasTheFlags() throws Exception {
    List<Metric> metrics = decode("flags").metrics();

    assertThat(metrics).extracting(Metric::isNull).containsExactly(true, false, false);
    assertThat(metrics).extracting(Metric::historical).containsExactly(false, true, false);
    assertThat(metrics).extracting(Metric::isTransient).containsExactly(false, false, true);
    assertThat(metrics)
        .extracting(Metric::value)
        .containsExactly(null, new LongValue(7), new LongValue(8));
  }

  @Test
  void hasAliasesWithoutNames() throws Exception {
    List<Metric> metrics = decode("alias").metrics();

    assertThat(metrics).extracting(Metric::name).containsOnlyNulls();
    assertThat(metrics).extracting(Metric::alias).containsExactly(17L, 0L);
    assertThat(metrics)
        .extracting(Metric::value)
        .containsExactly(new LongValue(-12), BooleanValue.FALSE);
  }

  @Test
  void hasProperties() throws Exception {
    PropertySet properties = decode("properties").metrics().get(0).properties();

    assertThat(properties.values())
        .containsExactly(
            Map.entry("engUnit", new PropertyValue(DataType.STRING, new TextValue("°C"))),
            Map.entry("Quality", new PropertyValue(DataType.INT32, new LongValue(500))),
            Map.entry("nothing", new PropertyValue(DataType.STRING, null)),
            Map.entry(
                "inner",
                new PropertyValue(
                    DataType.PROPERTY_SET, set("low", DataType.FLOAT, new FloatValue(-1.5f)))),
            Map.entry(
                "list",
                new PropertyValue(
                    DataType.PROPERTY_SET_LIST,
                    new PropertySetList(
                        List.of(
                            set("a", DataType.UINT64, new LongValue(1)),
                            set("b", DataType.BOOLEAN, BooleanValue.TRUE))))));
  }

  private static PropertySet set(String key, DataType type, MetricValue value) {
    return new PropertySet(Map.of(key, new PropertyValue(type, value)));
  }

  @Test
  void hasDataSets() throws Exception {
    assertThat(decode("dataset").metrics().get(0).value())
        .isEqualTo(
            new DataSet(
                List.of("i", "l", "s", "b"),
                List.of(DataType.INT8, DataType.UINT32, DataType.STRING, DataType.BOOLEAN),
                List.of(
                    List.of(
                        new LongValue(-1),
                        new LongValue(4_294_967_295L),
                        new TextValue("x"),
                        BooleanValue.TRUE),
                    List.of(
                        new LongValue(2),
                        new LongValue(3),
                        new TextValue("y"),
                        BooleanValue.FALSE))));
  }

  @Test
  void hasDefinitionsAndInstancesOfTemplates() throws Exception {
    List<Metric> metrics = decode("template").metrics();

    assertThat(metrics.get(0).value())
        .isEqualTo(
            new Template(
                "v1",
                null,
                true,
                List.of(Metric.of("speed", DataType.FLOAT, new FloatValue(0))),
                List.of(new Template.Parameter("maker", DataType.STRING, new TextValue("acme")))));
    assertThat(metrics.get(1).value())
        .isEqualTo(
            new Template(
                "v1",
                "Motor",
                false,
                List.of(
                    Metric.of("speed", DataType.FLOAT, new FloatValue(90.6f)),
                    Metric.of("count", DataType.INT16, new LongValue(-3))),
                List.of(new Template.Parameter("maker", DataType.STRING, new TextValue("other")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compressed-GZIP", "compressed-DEFLATE", "compressed-unnamed"})
  void decompresses(String name) throws Exception {
    Payload payload = decode(name);

    assertThat(payload.seq()).isEqualTo(5);
    assertThat(payload.uuid()).isNull();
    assertThat(payload.metrics()).extracting(Metric::value).containsExactly(new LongValue(-12));
  }

  private Payload decode(String name) throws MalformedPayloadException, IOException {
    try (InputStream in = getClass().getResourceAsStream("sparkplug-payload.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .filter(line -> line[0].equals(name))
          .map(line -> HexFormat.of().parseHex(line[1]))
          .findFirst()
          .map(this::decoded)
          .orElseThrow();
    }
  }

  private Payload decoded(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (MalformedPayloadException e) {
      throw new AssertionError(e);
    }
  }
}
