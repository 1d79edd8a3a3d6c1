// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.ValueType;

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
}
