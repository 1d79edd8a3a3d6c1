// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.ValueType;

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
}
