// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue.ArrayValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.payload.Template;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecoderLimitsTest {
  private final PayloadDecoder decoder = new PayloadDecoder(new DecoderLimits(4, 100, 1000));

  @Test
  void templatesMayBeNestedThisDeep() throws Exception {
    assertThat(decoder.decode(encoded(nested(4))).metrics()).containsExactly(nested(4));
    assertMalformed(encoded(nested(5)), "templates or property sets are nested deeper than 4");
  }

  private static Metric nested(int depth) {
    Metric metric = Metric.of("m", DataType.INT32, new LongValue(1));
    for (int i = 0; i < depth; i++) {
      metric =
          Metric.of(
              "m", DataType.TEMPLATE, new Template(null, "T", false, List.of(metric), List.of()));
    }
    return metric;
  }

  @Test
  void propertySetsMayBeNestedThisDeep() {
    PropertySet set = new PropertySet(Map.of("k", new PropertyValue(DataType.INT8, null)));
    for (int i = 0; i < 4; i++) {
      set = new PropertySet(Map.of("k", new PropertyValue(DataType.PROPERTY_SET, set)));
    }
    assertMalformed(
        encoded(Metric.of("m", DataType.INT32, null).withProperties(set)), "nested deeper than 4");
  }

  @Test
  void aPayloadHasThisManyElements() throws Exception {
    Metric metric = Metric.of("m", DataType.INT32, new LongValue(1));
    byte[] full = PayloadEncoder.encode(Payload.of(1L, 1L, Collections.nCopies(100, metric)));
    assertThat(decoder.decode(full).metrics()).hasSize(100);
    assertMalformed(
        PayloadEncoder.encode(Payload.of(1L, 1L, Collections.nCopies(101, metric))),
        "more than 100 elements");
    assertMalformed(
        encoded(
            Metric.of(
                "m",
                DataType.BOOLEAN_ARRAY,
                new ArrayValue(DataType.BOOLEAN, Collections.nCopies(100, BooleanValue.TRUE)))),
        "more than 100 elements");
  }

  @Test
  void aBodyHasThisManyBytesAfterDecompression() throws Exception {
    byte[] fits = encoded(Metric.of("m", DataType.STRING, new TextValue("a".repeat(900))));
    byte[] bomb = encoded(Metric.of("m", DataType.STRING, new TextValue("a".repeat(1001))));
    for (String algorithm : List.of("GZIP", "DEFLATE")) {
      assertThat(decoder.decode(PayloadEncoder.compress(algorithm, fits)).metrics()).hasSize(1);
      assertMalformed(
          PayloadEncoder.compress(algorithm, bomb), "more than 1000 bytes after decompression");
      assertMalformed(
          PayloadEncoder.compress(algorithm, PayloadEncoder.compress(algorithm, fits)),
          "a compressed payload is in a compressed payload");
    }
  }

  @Test
  void groupsOfLaterVersionsAreBoundedToo() {
    assertMalformed(HexFormat.of().parseHex("bb01".repeat(5000)), "not a Sparkplug B payload");
  }

  @Test
  void unknownFieldsAreSkipped() throws Exception {
    // Fields 6 of the payload, 19 (an extension) and 20 of the metric.
    Payload payload =
        decoder.decode(HexFormat.of().parseHex("3003120f0a016d9a010208012003a0010750051801"));
    assertThat(payload)
        .isEqualTo(Payload.of(null, 1L, List.of(Metric.of("m", DataType.INT32, new LongValue(5)))));
  }

  @Test
  void aNameIsUtf8AndATextThatIsNotIsInvalid() throws Exception {
    assertMalformed(HexFormat.of().parseHex("12030a01df"), "not a Sparkplug B payload");
    assertThat(
            decoder
                .decode(HexFormat.of().parseHex("12080a016d200c7a01df"))
                .metrics()
                .get(0)
                .value())
        .isEqualTo(new InvalidValue("the text is not UTF-8"));
  }

  @Test
  void aPropertySetHasAsManyKeysAsValues() {
    assertMalformed(
        HexFormat.of().parseHex("12054a030a016b"), "a property set has 1 keys and 0 values");
  }

  @Test
  void aDataSetWhosePartsDoNotFitIsInvalid() throws Exception {
    // One column without a type; one column with a row of no cells.
    assertThat(decoder.decode(HexFormat.of().parseHex("120820108a0103120161")).metrics())
        .extracting(Metric::value)
        .containsExactly(new InvalidValue("the data set has 1 columns and 0 types"));
    assertThat(decoder.decode(HexFormat.of().parseHex("120c20108a010712016118032200")).metrics())
        .extracting(Metric::value)
        .containsExactly(new InvalidValue("the data set has 1 columns and a row of 0 cells"));
  }

  @Test
  void anEmptyPayloadHasNoMetrics() throws Exception {
    assertThat(decoder.decode(new byte[0])).isEqualTo(Payload.of(null, null, List.of()));
  }

  private static byte[] encoded(Metric metric) {
    return PayloadEncoder.encode(Payload.of(1L, 1L, List.of(metric)));
  }

  private void assertMalformed(byte[] bytes, String message) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining(message);
  }
}
