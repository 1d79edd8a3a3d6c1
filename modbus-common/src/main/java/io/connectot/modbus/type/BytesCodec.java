// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.ValueType;

/** Raw bytes in registers. */
record BytesCodec(RegisterBytes bytes) implements Codec {
  @Override
  public int quantity() {
    return bytes.registers();
  }

  @Override
  public ValueType valueType() {
    return ValueType.BYTES;
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    return DecodedValue.good(new BytesValue(bytes.read(data, start)));
  }
}
