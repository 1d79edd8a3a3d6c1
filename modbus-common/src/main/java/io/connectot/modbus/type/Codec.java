// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.ValueType;

/** Decodes values from the data of a response. Immutable; never throws for complete data. */
public interface Codec {

  /** The number of registers, or of coils or discrete inputs, of one value. */
  int quantity();

  /** The type of the value before scaling. */
  ValueType valueType();

  /**
   * Decodes one value.
   *
   * @param data the data of a response
   * @param start the start of the value: for registers the index of a byte, for coils and discrete
   *     inputs the index of a bit
   * @param scaling applied to every number; scaled numbers are floating-point numbers
   */
  DecodedValue decode(byte[] data, int start, Scaling scaling);
}
