// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import io.connectot.sparkplug.payload.DataSet;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricMetadata;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.ArrayValue;
import io.connectot.sparkplug.payload.MetricValue.BigValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.BytesValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.NullValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertySetList;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.payload.Template;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Payloads with random metrics of every type. */
final class PayloadSamples {
  private static final DataType[] TYPES = DataType.values();

  private final Random random;

  PayloadSamples(long seed) {
    this.random = new Random(seed);
  }

  Payload payload() {
    List<Metric> metrics = new ArrayList<>();
    for (DataType type : TYPES) {
      if (isOfMetrics(type)) {
        metrics.add(metric(type, 2));
      }
    }
    return new Payload(
        maybe(random.nextLong()), maybe((long) random.nextInt(256)), null, null, metrics);
  }

  static boolean isOfMetrics(DataType type) {
    return type != DataType.UNKNOWN
        && type != DataType.PROPERTY_SET
        && type != DataType.PROPERTY_SET_LIST;
  }

  Metric metric(DataType type, int depth) {
    boolean isNull = random.nextInt(8) == 0;
    return new Metric(
        maybe(text()),
        maybe(random.nextLong()),
        maybe(random.nextLong()),
        type,
        random.nextBoolean(),
        random.nextBoolean(),
        isNull,
        maybe(metadata()),
        random.nextBoolean() ? PropertySet.EMPTY : properties(depth),
        isNull ? null : value(type, depth));
  }

  /** A value of this type. */
  MetricValue value(DataType type, int depth) {
    if (type.isArray()) {
      List<MetricValue> elements = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        elements.add(value(type.elementType(), depth));
      }
      return new ArrayValue(type.elementType(), elements);
    }
    return switch (type) {
      case INT8 -> new LongValue((byte) random.nextInt());
      case INT16 -> new LongValue((short) random.nextInt());
      case INT32 -> new LongValue(random.nextInt());
      case INT64 -> new LongValue(random.nextLong());
      case UINT8 -> new LongValue(random.nextInt() & 0xFF);
      case UINT16 -> new LongValue(random.nextInt() & 0xFFFF);
      case UINT32 -> new LongValue(random.nextInt() & 0xFFFF_FFFFL);
      case UINT64 -> unsigned(new BigInteger(64, random));
      case FLOAT -> new FloatValue(Float.intBitsToFloat(random.nextInt()));
      case DOUBLE -> new DoubleValue(Double.longBitsToDouble(random.nextLong()));
      case BOOLEAN -> BooleanValue.of(random.nextBoolean());
      case STRING, TEXT, UUID -> new TextValue(text());
      case DATETIME -> new DateTimeValue(random.nextLong());
      case BYTES, FILE -> new BytesValue(bytes());
      case DATASET -> dataSet();
      case TEMPLATE -> template(depth);
      case PROPERTY_SET -> properties(depth - 1);
      case PROPERTY_SET_LIST ->
          new PropertySetList(List.of(properties(depth - 1), PropertySet.EMPTY));
      default -> throw new IllegalArgumentException(type.name());
    };
  }

  private static MetricValue unsigned(BigInteger number) {
    return number.bitLength() < 64 ? new LongValue(number.longValue()) : new BigValue(number);
  }

  private DataSet dataSet() {
    List<DataType> types =
        List.of(DataType.INT8, DataType.UINT64, DataType.FLOAT, DataType.STRING, DataType.DATETIME);
    List<List<MetricValue>> rows = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      rows.add(
          types.stream()
              .map(type -> random.nextInt(5) == 0 ? NullValue.NULL : value(type, 0))
              .toList());
    }
    return new DataSet(List.of("a", "b", "c", "d", "e"), types, rows);
  }

  private Template template(int depth) {
    List<Metric> members = new ArrayList<>();
    members.add(metric(DataType.INT32, 0));
    members.add(metric(DataType.DOUBLE_ARRAY, 0));
    if (depth > 0) {
      members.add(metric(DataType.TEMPLATE, depth - 1));
    }
    return new Template(
        maybe("1.0"),
        maybe("Motor"),
        random.nextBoolean(),
        members,
        List.of(
            new Template.Parameter("p", DataType.INT16, value(DataType.INT16, 0)),
            new Template.Parameter("q", DataType.STRING, null)));
  }

  private PropertySet properties(int depth) {
    Map<String, PropertyValue> values = new LinkedHashMap<>();
    values.put("engUnit", new PropertyValue(DataType.STRING, new TextValue(text())));
    values.put("Quality", new PropertyValue(DataType.INT32, new LongValue(192)));
    values.put("none", new PropertyValue(DataType.DOUBLE, null));
    if (depth > 0) {
      values.put(
          "set", new PropertyValue(DataType.PROPERTY_SET, value(DataType.PROPERTY_SET, depth)));
      values.put(
          "list",
          new PropertyValue(DataType.PROPERTY_SET_LIST, value(DataType.PROPERTY_SET_LIST, depth)));
    }
    return new PropertySet(values);
  }

  private MetricMetadata metadata() {
    return new MetricMetadata(
        maybe(true),
        maybe("text/plain"),
        maybe(3L),
        maybe(1L),
        maybe("f.txt"),
        maybe("txt"),
        maybe("aa"),
        maybe(text()));
  }

  private <T> T maybe(T value) {
    return random.nextInt(4) == 0 ? null : value;
  }

  private String text() {
    String all = "abc/äß\u20ac\ud83d\ude00 ";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(all.charAt(random.nextInt(4)));
    }
    return text.append(all.substring(4)).toString();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(50)];
    random.nextBytes(bytes);
    return bytes;
  }
}
