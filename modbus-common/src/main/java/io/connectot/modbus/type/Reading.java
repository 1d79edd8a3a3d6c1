// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;

/**
 * What decoding yields.
 *
 * @param value null when there is none
 * @param quality how far to trust it
 * @param status why it is not GOOD; null when it is
 */
public record Reading(Value value, Quality quality, String status) {
  static Reading good(Value value) {
    return new Reading(value, Quality.GOOD, null);
  }

  static Reading bad(String status) {
    return new Reading(null, Quality.BAD, status);
  }

  static Reading uncertain(Value valueOrNull, String status) {
    return new Reading(valueOrNull, Quality.UNCERTAIN, status);
  }
}
