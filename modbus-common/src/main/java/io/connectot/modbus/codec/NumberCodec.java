// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.NumberFormat;
import io.connectot.modbus.type.RawNumber;
import io.connectot.modbus.type.Sentinels;
import io.connectot.modbus.type.UnencodableValueException;

/**
 * A number. Sentinels are compared before the bits are masked and shifted.
 *
 * @param mask the bits of the number
 * @param shift the number of bits by which they are shifted right
 */
record NumberCodec(
    RawNumber raw,
    NumberFormat format,
    ValueType valueType,
    long mask,
    int shift,
    Sentinels sentinels)
    implements Codec {
  private static final DecodedValue INVALID_BCD = DecodedValue.bad("INVALID_BCD");
  private static final DecodedValue INVALID_MOD10K = DecodedValue.bad("INVALID_MOD10K");

  @Override
  public int quantity() {
    return raw.registers();
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    long bits = raw.read(data, start);
    DecodedValue sentinel = sentinels.match(bits, raw.bits());
    if (sentinel != null) {
      return sentinel;
    }
    Value value = format.decode((bits & mask) >>> shift, raw.bits(), scaling);
    if (value == null) {
      return format == NumberFormat.BCD ? INVALID_BCD : INVALID_MOD10K;
    }
    return DecodedValue.good(value);
  }

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    long number = format.encode(value, raw.bits());
    long shifted = number << shift;
    boolean fits = shifted >>> shift == number && (shifted & mask) == shifted;
    if (mask != -1L || shift != 0) {
      if (!fits) {
        throw new UnencodableValueException(
            value + " does not fit into the bits of mask and shift");
      }
    }
    if (sentinels.match(shifted, raw.bits()) != null) {
      throw new UnencodableValueException(value + " means that there is no value (invalid=)");
    }
    raw.write(shifted, mask, data, start);
  }

  @Override
  public void own(byte[] bits, int start) {
    raw.write(-1L, mask, bits, start);
  }
}
