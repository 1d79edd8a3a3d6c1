// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.ValueType;

/**
 * Some bits of registers as one truth value.
 *
 * @param mask the bits of which one has to be set for true
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
