// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.NullValue;
import io.connectot.core.model.Value.StructValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** The values of records, with or without a schema, and of JSON texts. Numbers keep all digits. */
public final class PlainValues {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PlainValues() {}

  /**
   * The value of a JSON text.
   *
   * @throws CommandRejectedException when it is not one value in JSON
   */
  public static Value parse(String json) throws CommandRejectedException {
    try {
      JsonNode node = JSON.readTree(json);
      if (node == null || node.isMissingNode()) {
        throw new CommandRejectedException("the record is empty, not JSON");
      }
      return of(node);
    } catch (JsonProcessingException e) {
      String message = e.getOriginalMessage();
      int end = message.indexOf('\n');
      throw new CommandRejectedException(
          "the record is not valid JSON: " + (end < 0 ? message : message.substring(0, end)));
    }
  }

  private static Value of(JsonNode node) {
    if (node.isObject()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
      return new StructValue("", fields);
    } else if (node.isArray()) {
      List<Value> elements = new ArrayList<>();
      node.forEach(element -> elements.add(of(element)));
      return new ArrayValue(ValueType.UNKNOWN, elements);
    } else if (node.isTextual()) {
      return new TextValue(node.textValue());
    } else if (node.isBoolean()) {
      return BooleanValue.of(node.booleanValue());
    } else if (node.isNumber()) {
      return number(node.decimalValue());
    }
    return NullValue.NULL;
  }

  /** A whole number in all its digits, or else the double next to the number. */
  public static Value number(BigDecimal number) {
    // The scale of 1e999999999 is no reason to compute it.
    if (number.signum() != 0 && (long) number.precision() - number.scale() > 400) {
      return new DoubleValue(number.doubleValue());
    }
    if (number.stripTrailingZeros().scale() <= 0) {
      return number(number.toBigIntegerExact());
    }
    return new DoubleValue(number.doubleValue());
  }

  private static Value number(BigInteger number) {
    return number.bitLength() < Long.SIZE
        ? new LongValue(number.longValue())
        : new BigValue(number);
  }

  /**
   * The value of an object as Connect has it.
   *
   * @throws CommandRejectedException when its class is not one of Connect's
   */
  static Value of(Object object) throws CommandRejectedException {
    if (object == null) {
      return NullValue.NULL;
    } else if (object instanceof Boolean flag) {
      return BooleanValue.of(flag);
    } else if (object instanceof Float || object instanceof Double) {
      // A float is the number that its shortest digits say: 90.6, not 90.5999984741211.
      return new DoubleValue(
          object instanceof Float single ? Double.parseDouble(single.toString()) : (Double) object);
    } else if (object instanceof BigDecimal decimal) {
      return number(decimal);
    } else if (object instanceof BigInteger integer) {
      return number(integer);
    } else if (object instanceof Number integer) {
      return new LongValue(integer.longValue());
    } else if (object instanceof String text) {
      return new TextValue(text);
    } else if (object instanceof Date date) {
      return new InstantValue(date.toInstant());
    } else if (object instanceof byte[] bytes) {
      return new BytesValue(bytes.clone());
    } else if (object instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return new BytesValue(bytes);
    }
    return composite(object);
  }

  private static Value composite(Object object) throws CommandRejectedException {
    if (object instanceof Struct struct) {
      Map<String, Value> fields = new LinkedHashMap<>();
      for (Field field : struct.schema().fields()) {
        fields.put(field.name(), of(struct.get(field)));
      }
      return new StructValue("", fields);
    } else if (object instanceof Map<?, ?> map) {
      Map<String, Value> fields = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        fields.put(String.valueOf(entry.getKey()), of(entry.getValue()));
      }
      return new StructValue("", fields);
    } else if (object instanceof List<?> list) {
      List<Value> elements = new ArrayList<>();
      for (Object element : list) {
        elements.add(of(element));
      }
      return new ArrayValue(ValueType.UNKNOWN, elements);
    }
    throw new CommandRejectedException("a value cannot be a " + object.getClass().getSimpleName());
  }
}
