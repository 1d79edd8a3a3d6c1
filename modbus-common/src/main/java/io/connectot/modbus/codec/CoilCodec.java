// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.UnencodableValueException;

/** A coil or discrete input; bits are packed from the lowest bit up, V1.1b3 §6.1. */
record CoilCodec() implements Codec {
  private static final DecodedValue TRUE = DecodedValue.good(BooleanValue.TRUE);
  private static final DecodedValue FALSE = DecodedValue.good(BooleanValue.FALSE);

  @Override
  public int quantity() {
    return 1;
  }

  @Override
  public ValueType valueType() {
    return ValueType.BOOLEAN;
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    return of((data[start >> 3] >> (start & 7) & 1) != 0);
  }

  static DecodedValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    if (!(value instanceof BooleanValue truth)) {
      throw new UnencodableValueException(value + " is not true or false");
    }
    int bit = 1 << (start & 7);
    data[start >> 3] = (byte) (truth.value() ? data[start >> 3] | bit : data[start >> 3] & ~bit);
  }

  @Override
  public void own(byte[] bits, int start) {
    bits[start >> 3] |= (byte) (1 << (start & 7));
  }
}
