// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.UnencodableValueException;
import java.util.HashMap;
import java.util.Map;

/**
 * Integers and booleans as labels: {@code enum=0:off,1:on}. The value of a number without a label
 * is its digits, and UNCERTAIN.
 *
 * @param words the decoded value of each number
 */
record EnumCodec(Codec number, Map<Long, DecodedValue> words) implements Codec {
  @Override
  public int quantity() {
    return number.quantity();
  }

  @Override
  public ValueType valueType() {
    return ValueType.STRING;
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    DecodedValue reading = number.decode(data, start, Scaling.NONE);
    if (reading.quality() != Quality.GOOD) {
      return reading;
    }
    Value value = reading.value();
    if (value instanceof LongValue whole) {
      return word(whole.value());
    }
    if (value instanceof BooleanValue truth) {
      return word(truth.value() ? 1 : 0);
    }
    // Otherwise a UINT64 above 2^63-1, for which no label can be configured.
    String digits = ((Value.BigValue) value).value().toString();
    return DecodedValue.uncertain(new TextValue(digits), "UNKNOWN_ENUM");
  }

  private DecodedValue word(long number) {
    DecodedValue word = words.get(number);
    return word != null
        ? word
        : DecodedValue.uncertain(new TextValue(Long.toString(number)), "UNKNOWN_ENUM");
  }

  /**
   * Reads {@code enum=}.
   *
   * @throws LineException when it is not a list of numbers and labels
   */
  static Map<Long, DecodedValue> parse(String text) throws LineException {
    Map<Long, DecodedValue> words = new HashMap<>();
    for (String item : text.split(",", -1)) {
      int colon = item.indexOf(':');
      try {
        if (colon > 0 && colon < item.length() - 1) {
          long number = number(item.substring(0, colon).trim());
          DecodedValue word = DecodedValue.good(new TextValue(item.substring(colon + 1).trim()));
          if (words.put(number, word) == null) {
            continue;
          }
          throw new LineException("enum=" + text + ": " + number + " has two labels");
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message for every invalid entry.
      }
      throw new LineException(
          "enum=" + text + ": '" + item + "' must be a number and its label, e.g. enum=0:off,1:on");
    }
    return Map.copyOf(words);
  }

  /** Not Long.decode: a leading zero would make it octal. */
  private static long number(String text) {
    return text.regionMatches(true, 0, "0x", 0, 2)
        ? Long.parseLong(text.substring(2), 16)
        : Long.parseLong(text);
  }

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    Value found = null;
    for (Map.Entry<Long, DecodedValue> word : words.entrySet()) {
      if (word.getValue().value().equals(value)) {
        if (found != null) {
          throw new UnencodableValueException(value + " is the label of several numbers");
        }
        found =
            number.valueType() == ValueType.BOOLEAN
                ? BooleanValue.of(word.getKey() != 0)
                : new LongValue(word.getKey());
      }
    }
    if (found == null) {
      throw new UnencodableValueException(value + " is not a label of enum=");
    }
    number.encode(found, data, start);
  }

  @Override
  public void own(byte[] bits, int start) {
    number.own(bits, start);
  }
}
