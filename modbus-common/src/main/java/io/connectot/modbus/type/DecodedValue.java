// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;

/**
 * The result of decoding a value.
 *
 * @param value null when there is none
 * @param quality the quality
 * @param status why the quality is not GOOD; null for GOOD
 */
public record DecodedValue(Value value, Quality quality, String status) {
  public static DecodedValue good(Value value) {
    return new DecodedValue(value, Quality.GOOD, null);
  }

  public static DecodedValue bad(String status) {
    return new DecodedValue(null, Quality.BAD, status);
  }

  public static DecodedValue uncertain(Value valueOrNull, String status) {
    return new DecodedValue(valueOrNull, Quality.UNCERTAIN, status);
  }
}
