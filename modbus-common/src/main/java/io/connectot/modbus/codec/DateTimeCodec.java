// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DateTimeFormat;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.RawNumber;
import io.connectot.modbus.type.Sentinels;
import io.connectot.modbus.type.UnencodableValueException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A date and time.
 *
 * @param raw reads the number of an epoch format; null for calendar formats
 */
record DateTimeCodec(DateTimeFormat format, RawNumber raw, ZoneId zone, Sentinels sentinels)
    implements Codec {
  private static final DecodedValue INVALID = DecodedValue.bad("INVALID_DATETIME");

  @Override
  public int quantity() {
    return format.registers();
  }

  @Override
  public ValueType valueType() {
    return ValueType.DATETIME;
  }

  @Override
  public DecodedValue decode(byte[] data, int start, Scaling scaling) {
    Instant instant;
    if (raw == null) {
      instant = format.calendar(data, start, zone);
    } else {
      long number = raw.read(data, start);
      DecodedValue sentinel = sentinels.match(number, raw.bits());
      if (sentinel != null) {
        return sentinel;
      }
      instant = format.epoch(number);
    }
    return instant == null ? INVALID : DecodedValue.good(new InstantValue(instant));
  }

  @Override
  public void encode(Value value, byte[] data, int start) throws UnencodableValueException {
    if (!(value instanceof InstantValue instant)) {
      throw new UnencodableValueException(value + " is not a time");
    }
    if (raw == null) {
      format.encode(instant.value(), zone, data, start);
      return;
    }
    long number = format.number(instant.value());
    if (format == DateTimeFormat.EPOCH_S && number >>> 32 != 0) {
      throw new UnencodableValueException(instant.value() + " is not between 1970 and 2106");
    }
    if (sentinels.match(number, raw.bits()) != null) {
      throw new UnencodableValueException(instant.value() + " means that there is no value");
    }
    raw.write(number, -1L, data, start);
  }

  @Override
  public void own(byte[] bits, int start) {
    for (int i = 0; i < 2 * format.registers(); i++) {
      bits[start + i] = (byte) 0xFF;
    }
  }
}
