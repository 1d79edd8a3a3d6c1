// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.ValueType;
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
}
