// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.RawNumber;
import io.connectot.modbus.type.UnencodableValueException;

/**
 * Selected bits of registers as one boolean.
 *
 * @param mask the bits; true if any of them is set
 */
record RegisterBitCodec(RawNumber raw, long mask) implements Codec {
  @Override
  public int quantity() {
    return raw.registers();
  }

  @Override
  public ValueType valueType() {
    return ValueType.BOOLEAN;
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    return CoilCodec.of((raw.read(data, start) & mask) != 0);
  }

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    if (!(value instanceof BooleanValue truth)) {
      throw new UnencodableValueException(value + " is not true or false");
    }
    // A whole register is true with any bit; it is written as 1.
    long set = mask == -1L ? 1 : mask;
    raw.write(truth.value() ? set : 0, mask, data, start);
  }

  @Override
  public void own(byte[] bits, int start) {
    raw.write(-1L, mask, bits, start);
  }
}
