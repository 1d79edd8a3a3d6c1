// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.value;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import java.util.Optional;

/** Converts values of PLCs to values of records. Thread-safe. */
@FunctionalInterface
public interface ValueConverter {
  /**
   * Converts one value.
   *
   * @param declared the type of the tag's address; the raw value's own may differ or be unknown
   * @param raw the value from the driver
   * @param scaling applied to every number
   * @return empty when the source has no value
   */
  Optional<Value> convert(PlcType declared, RawValue raw, Scaling scaling);
}
