// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts values to those of PLCs by their type in IEC 61131-3: the reverse of {@link
 * IecValueConverter}.
 *
 * <p>Integers are Long or BigInteger, whatever the type; they have been checked against its range.
 */
public final class IecValueEncoder {
  private IecValueEncoder() {}

  /**
   * Converts the value of a tag.
   *
   * @param type the type of the tag, or of its elements
   * @param count the number of its elements; 0 for a single value
   * @param value of the type {@link PlcType#tagType}
   * @throws UnwritableValueException when the tag cannot hold the value
   */
  public static RawValue encode(PlcType type, int count, Value value)
      throws UnwritableValueException {
    if (value instanceof BytesValue bytes) {
      if (bytes.value().length != count) {
        throw wrongCount(count, "bytes", bytes.value().length);
      }
      return new RawValue(PlcType.RAW_BYTE_ARRAY, bytes.value());
    }
    if (count == 0) {
      return new RawValue(type, single(type, value));
    }
    List<Value> elements = ((ArrayValue) value).elements();
    if (elements.size() != count) {
      throw wrongCount(count, "elements", elements.size());
    }
    List<RawValue> raw = new ArrayList<>(count);
    for (Value element : elements) {
      if (element instanceof ArrayValue) {
        throw new UnwritableValueException("the tag takes an array of single values");
      }
      raw.add(new RawValue(type, single(type, element)));
    }
    return new RawValue(PlcType.LIST, raw);
  }

  private static UnwritableValueException wrongCount(int count, String what, int given) {
    return new UnwritableValueException(
        "the tag has " + count + " " + what + ", and the value " + given);
  }

  private static Object single(PlcType type, Value value) throws UnwritableValueException {
    if (value instanceof BooleanValue flag) {
      return flag.value();
    } else if (value instanceof BigValue big) {
      return big.value();
    } else if (value instanceof LongValue number) {
      return switch (type) {
        case TIME -> Duration.ofMillis(number.value());
        case LTIME -> Duration.ofNanos(number.value());
        default -> number.value();
      };
    } else if (value instanceof DoubleValue number) {
      return real(type, number.value());
    } else if (value instanceof TextValue text) {
      return text(type, text.value());
    } else if (value instanceof InstantValue instant) {
      return time(type, LocalDateTime.ofInstant(instant.value(), ZoneOffset.UTC));
    }
    throw new UnwritableValueException("the tag takes a single value of type " + type);
  }

  private static Object real(PlcType type, double number) {
    if (type == PlcType.REAL) {
      return (float) number;
    }
    return number;
  }

  private static Object text(PlcType type, String text) throws UnwritableValueException {
    return switch (type) {
      case TIME_OF_DAY, LTIME_OF_DAY -> timeOfDay(text);
      case CHAR, WCHAR -> {
        if (text.length() != 1) {
          throw new UnwritableValueException(
              "the text '" + text + "' is not one character, as type " + type + " needs");
        }
        yield text;
      }
      default -> text;
    };
  }

  private static LocalTime timeOfDay(String text) throws UnwritableValueException {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new UnwritableValueException(
          "the text '" + text + "' is not a time of day; send a text such as 12:34:56.789");
    }
  }

  private static Object time(PlcType type, LocalDateTime time) throws UnwritableValueException {
    if (type != PlcType.DATE && type != PlcType.LDATE) {
      return time;
    }
    LocalDate date = time.toLocalDate();
    if (!date.atStartOfDay().equals(time)) {
      throw new UnwritableValueException(
          time + "Z is not the beginning of a day, as type " + type + " needs");
    }
    return date;
  }
}
