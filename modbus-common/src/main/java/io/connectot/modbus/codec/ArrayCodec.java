// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.UnencodableValueException;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive values of one type. If one of them is not GOOD, the array has its quality and no
 * value.
 *
 * @param step the distance between two values, in the unit of {@code start} in {@link Codec#decode}
 */
record ArrayCodec(Codec element, int count, int step) implements Codec {
  @Override
  public int quantity() {
    return count * element.quantity();
  }

  @Override
  public boolean isArray() {
    return true;
  }

  @Override
  public ValueType elementType() {
    return element.valueType();
  }

  @Override
  public ValueType valueType() {
    return ValueType.JSON;
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    Value[] values = new Value[count];
    for (int i = 0; i < count; i++) {
      DecodedValue reading = element.decode(data, start + i * step, scaling);
      if (reading.quality() != Quality.GOOD) {
        return new DecodedValue(null, reading.quality(), reading.status());
      }
      values[i] = reading.value();
    }
    ValueType type = element.valueType();
    boolean scaled = type.isNumeric() && !scaling.isIdentity();
    return DecodedValue.good(
        new ArrayValue(scaled ? ValueType.FLOAT64 : type, Arrays.asList(values)));
  }

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    List<Value> values = value instanceof ArrayValue array ? array.elements() : List.of();
    if (values.size() != count) {
      throw new UnencodableValueException("an array of " + count + " values is needed");
    }
    for (int i = 0; i < count; i++) {
      element.encode(values.get(i), data, start + i * step);
    }
  }

  @Override
  public void own(byte[] bits, int start) {
    for (int i = 0; i < count; i++) {
      element.own(bits, start + i * step);
    }
  }
}
