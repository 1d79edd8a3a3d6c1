// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.ArrayValue;
import io.connectot.sparkplug.payload.MetricValue.BigValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.BytesValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.Payload;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.Date;
import java.util.List;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.File;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.eclipse.tahu.message.model.SparkplugBPayload.SparkplugBPayloadBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Values of every type as Eclipse Tahu encodes and decodes them. */
class ReferenceCodecTest {
  private static final int ROUNDS = 100;

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"UNKNOWN", "DATASET", "TEMPLATE", "PROPERTY_SET", "PROPERTY_SET_LIST"})
  void decodesWhatTheReferenceEncodes(DataType type) throws Exception {
    PayloadSamples samples = new PayloadSamples(type.code());
    for (int i = 0; i < ROUNDS; i++) {
      MetricValue value = samples.value(type, 0);
      SparkplugBPayload payload =
          new SparkplugBPayloadBuilder(7L)
              .setTimestamp(new Date(12))
              .addMetric(
                  new MetricBuilder(
                          "m", MetricDataType.fromInteger(type.code()), reference(type, value))
                      .alias(3L)
                      .timestamp(new Date(11))
                      .createMetric())
              .createPayload();
      byte[] bytes = new SparkplugBPayloadEncoder().getBytes(payload, false);
      Metric metric = new PayloadDecoder().decode(bytes).metrics().get(0);
      assertThat(metric.dataType()).isEqualTo(type);
      assertThat(metric.value()).isEqualTo(value);
      assertThat(metric.alias()).isEqualTo(3);
      assertThat(metric.timestamp()).isEqualTo(11);
    }
  }

  /** Tahu 1.0.19 decodes elements of a UInt8Array as signed numbers. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "UNKNOWN",
        "DATASET",
        "TEMPLATE",
        "PROPERTY_SET",
        "PROPERTY_SET_LIST",
        "UINT8_ARRAY"
      })
  void theReferenceDecodesWhatIsEncoded(DataType type) throws Exception {
    PayloadSamples samples = new PayloadSamples(100 + type.code());
    for (int i = 0; i < ROUNDS; i++) {
      MetricValue value = samples.value(type, 0);
      byte[] bytes =
          PayloadEncoder.encode(Payload.of(12L, 7L, List.of(Metric.of("m", type, value))));
      SparkplugBPayload payload = new SparkplugBPayloadDecoder().buildFromByteArray(bytes, null);
      assertThat(payload.getSeq()).isEqualTo(7);
      Object decoded = payload.getMetrics().get(0).getValue();
      Object expected = reference(type, value);
      if (type == DataType.FILE) {
        assertThat(((File) decoded).getBytes()).isEqualTo(((File) expected).getBytes());
      } else {
        assertThat(decoded).isEqualTo(expected);
      }
    }
  }

  /** The value as Tahu's model has it. */
  private static Object reference(DataType type, MetricValue value) {
    if (value instanceof ArrayValue array) {
      Object elements = Array.newInstance(elementClass(type), array.elements().size());
      for (int i = 0; i < array.elements().size(); i++) {
        Array.set(elements, i, reference(array.elementType(), array.elements().get(i)));
      }
      return elements;
    } else if (value instanceof LongValue number) {
      return switch (type) {
        case INT8 -> (byte) number.value();
        case INT16, UINT8 -> (short) number.value();
        case INT32, UINT16 -> (int) number.value();
        case UINT64 -> BigInteger.valueOf(number.value());
        default -> number.value();
      };
    } else if (value instanceof BigValue number) {
      return number.value();
    } else if (value instanceof FloatValue number) {
      return number.value();
    } else if (value instanceof DoubleValue number) {
      return number.value();
    } else if (value instanceof BooleanValue bool) {
      return bool.value();
    } else if (value instanceof DateTimeValue time) {
      return new Date(time.epochMillis());
    } else if (value instanceof BytesValue bytes) {
      return type == DataType.FILE ? new File("f", bytes.value()) : bytes.value();
    }
    return ((TextValue) value).value();
  }

  private static Class<?> elementClass(DataType type) {
    return MetricDataType.fromInteger(type.code()).getClazz().getComponentType();
  }
}
