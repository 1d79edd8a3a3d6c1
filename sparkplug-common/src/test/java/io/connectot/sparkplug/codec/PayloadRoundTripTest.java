// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadRoundTripTest {
  private static final int ROUNDS = 500;

  private final PayloadDecoder decoder = new PayloadDecoder();

  @Test
  void decodesWhatItEncodes() throws Exception {
    PayloadSamples samples = new PayloadSamples(17);
    for (int i = 0; i < ROUNDS; i++) {
      Payload payload = samples.payload();
      assertThat(decoder.decode(PayloadEncoder.encode(payload))).isEqualTo(payload);
    }
  }

  @Test
  void typesOfDataComeFromTheBirth() throws Exception {
    PayloadSamples samples = new PayloadSamples(18);
    for (int i = 0; i < ROUNDS; i++) {
      List<Metric> birth = samples.payload().metrics();
      List<Metric> data =
          decoder.decode(PayloadEncoder.encodeWithoutTypes(Payload.of(1L, 1L, birth))).metrics();
      assertThat(data).allMatch(metric -> metric.dataType() == DataType.UNKNOWN);
      for (int m = 0; m < birth.size(); m++) {
        assertThat(data.get(m).as(birth.get(m).dataType())).isEqualTo(birth.get(m));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GZIP", "DEFLATE", "gzip"})
  void decodesWhatItCompresses(String algorithm) throws Exception {
    Payload payload = new PayloadSamples(19).payload();
    assertThat(decoder.decode(PayloadEncoder.compress(algorithm, PayloadEncoder.encode(payload))))
        .isEqualTo(payload);
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, 128",
    "INT8, -129",
    "INT16, 32768",
    "INT32, 2147483648",
    "UINT8, 256",
    "UINT8, -1",
    "UINT16, 65536",
    "UINT32, 4294967296",
    "UINT64, -1",
    "DOUBLE, 1",
    "STRING, 1"
  })
  void encodesNoValueOfAnotherType(DataType type, long number) {
    Payload payload = Payload.of(1L, 1L, List.of(Metric.of("m", type, new LongValue(number))));
    assertThatThrownBy(() -> PayloadEncoder.encode(payload))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type.specName());
  }

  @Test
  void aMetricThatNamesItsTypeKeepsIt() {
    Metric metric = Metric.of("m", DataType.DOUBLE, new DoubleValue(1.5));
    assertThat(metric.as(DataType.STRING)).isSameAs(metric);
    assertThat(Metric.of("m", DataType.UNKNOWN, new TextValue("x")).as(DataType.TEXT))
        .isEqualTo(Metric.of("m", DataType.TEXT, new TextValue("x")));
  }
}
