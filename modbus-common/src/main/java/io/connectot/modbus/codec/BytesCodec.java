// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BytesValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.RegisterBytes;
import io.connectot.modbus.type.UnencodableValueException;

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

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    byte[] written = value instanceof BytesValue known ? known.value() : new byte[0];
    if (written.length != bytes.length()) {
      throw new UnencodableValueException(bytes.length() + " bytes are needed");
    }
    bytes.write(written, data, start);
  }

  @Override
  public void own(byte[] bits, int start) {
    this.bytes.own(bits, start);
  }
}
