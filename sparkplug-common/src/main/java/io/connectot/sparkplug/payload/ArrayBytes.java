// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.connectot.sparkplug.payload.MetricValue.ArrayValue;
import io.connectot.sparkplug.payload.MetricValue.BigValue;
import io.connectot.sparkplug.payload.MetricValue.BooleanValue;
import io.connectot.sparkplug.payload.MetricValue.DateTimeValue;
import io.connectot.sparkplug.payload.MetricValue.DoubleValue;
import io.connectot.sparkplug.payload.MetricValue.FloatValue;
import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.LongValue;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays as bytes: numbers and times packed in little-endian order, strings each ended by a zero
 * byte, booleans as a count of four bytes and then bits, the first in the highest bit.
 */
public final class ArrayBytes {
  private ArrayBytes() {}

  /** The elements; {@link InvalidValue} when the bytes are not an array of this type. */
  public static MetricValue decode(DataType arrayType, byte[] bytes) {
    DataType type = arrayType.elementType();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case BOOLEAN -> booleans(buffer);
      case STRING -> strings(bytes);
      default -> numbers(arrayType, buffer);
    };
  }

  /** How many elements the bytes can have at most. */
  public static long maxElements(DataType arrayType, int bytes) {
    return switch (arrayType.elementType()) {
      case BOOLEAN -> 8L * bytes;
      case STRING -> bytes;
      default -> bytes / width(arrayType.elementType());
    };
  }

  /** The elements as bytes. */
  public static byte[] encode(ArrayValue array) {
    List<MetricValue> elements = array.elements();
    return switch (array.elementType()) {
      case BOOLEAN -> encodeBooleans(elements);
      case STRING -> encodeStrings(elements);
      default -> encodeNumbers(array.elementType(), elements);
    };
  }

  /** The unsigned number that these 64 bits are. */
  static MetricValue unsigned(long bits) {
    return bits >= 0
        ? new LongValue(bits)
        : new BigValue(new BigInteger(Long.toUnsignedString(bits)));
  }

  private static int width(DataType type) {
    return switch (type) {
      case INT8, UINT8 -> 1;
      case INT16, UINT16 -> 2;
      case INT32, UINT32, FLOAT -> 4;
      default -> 8;
    };
  }

  private static MetricValue numbers(DataType arrayType, ByteBuffer buffer) {
    DataType type = arrayType.elementType();
    int width = width(type);
    if (buffer.remaining() % width != 0) {
      return new InvalidValue(
          buffer.remaining()
              + " bytes are not a "
              + arrayType.specName()
              + ", whose elements have "
              + width);
    }
    List<MetricValue> elements = new ArrayList<>(buffer.remaining() / width);
    while (buffer.hasRemaining()) {
      elements.add(number(type, buffer));
    }
    return new ArrayValue(type, elements);
  }

  private static MetricValue number(DataType type, ByteBuffer buffer) {
    return switch (type) {
      case INT8 -> new LongValue(buffer.get());
      case INT16 -> new LongValue(buffer.getShort());
      case INT32 -> new LongValue(buffer.getInt());
      case INT64 -> new LongValue(buffer.getLong());
      case UINT8 -> new LongValue(Byte.toUnsignedLong(buffer.get()));
      case UINT16 -> new LongValue(Short.toUnsignedLong(buffer.getShort()));
      case UINT32 -> new LongValue(Integer.toUnsignedLong(buffer.getInt()));
      case UINT64 -> unsigned(buffer.getLong());
      case FLOAT -> new FloatValue(buffer.getFloat());
      case DOUBLE -> new DoubleValue(buffer.getDouble());
      default -> new DateTimeValue(buffer.getLong());
    };
  }

  private static MetricValue booleans(ByteBuffer buffer) {
    int count = buffer.remaining() < 4 ? -1 : buffer.getInt();
    if (count < 0 || buffer.remaining() != (count + 7L) / 8) {
      return new InvalidValue(
          buffer.limit() + " bytes are not a BooleanArray of the count in its first four bytes");
    }
    List<MetricValue> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(BooleanValue.of((buffer.get(4 + i / 8) & 0x80 >> i % 8) != 0));
    }
    return new ArrayValue(DataType.BOOLEAN, elements);
  }

  private static MetricValue strings(byte[] bytes) {
    List<MetricValue> elements = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean last = i == bytes.length - 1;
      if (bytes[i] == 0 || last) {
        int end = bytes[i] == 0 ? i : i + 1;
        MetricValue text = Utf8Text.of(bytes, start, end - start);
        if (text instanceof InvalidValue) {
          return text;
        }
        elements.add(text);
        start = i + 1;
      }
    }
    return new ArrayValue(DataType.STRING, elements);
  }

  private static byte[] encodeNumbers(DataType type, List<MetricValue> elements) {
    ByteBuffer buffer =
        ByteBuffer.allocate(elements.size() * width(type)).order(ByteOrder.LITTLE_ENDIAN);
    for (MetricValue element : elements) {
      switch (type) {
        case FLOAT -> buffer.putFloat(((FloatValue) element).value());
        case DOUBLE -> buffer.putDouble(((DoubleValue) element).value());
        case DATETIME -> buffer.putLong(((DateTimeValue) element).epochMillis());
        default -> putInteger(buffer, width(type), element);
      }
    }
    return buffer.array();
  }

  private static void putInteger(ByteBuffer buffer, int width, MetricValue element) {
    long bits =
        element instanceof BigValue big ? big.value().longValue() : ((LongValue) element).value();
    switch (width) {
      case 1 -> buffer.put((byte) bits);
      case 2 -> buffer.putShort((short) bits);
      case 4 -> buffer.putInt((int) bits);
      default -> buffer.putLong(bits);
    }
  }

  private static byte[] encodeBooleans(List<MetricValue> elements) {
    ByteBuffer buffer =
        ByteBuffer.allocate(4 + (elements.size() + 7) / 8).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      if (((BooleanValue) elements.get(i)).value()) {
        int at = 4 + i / 8;
        buffer.put(at, (byte) (buffer.get(at) | 0x80 >> i % 8));
      }
    }
    return buffer.array();
  }

  private static byte[] encodeStrings(List<MetricValue> elements) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (MetricValue element : elements) {
      out.writeBytes(((TextValue) element).value().getBytes(UTF_8));
      out.write(0);
    }
    return out.toByteArray();
  }
}
