// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.type;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.ValueType;

/** Makes values of the data of a response. Immutable; never throws on data of the right length. */
public interface Codec {

  /** How many registers, or bits of a coil or discrete-input table, one value takes. */
  int quantity();

  /** The type of the value before scaling. */
  ValueType valueType();

  /**
   * Decodes one value.
   *
   * @param data the data of a response
   * @param start where the value begins: for registers the index of a byte, for coils and discrete
   *     inputs the index of a bit
   * @param scaling applied to every number; a scaled number is a floating-point one
   */
  DecodedValue decode(byte[] data, int start, Scaling scaling);
}
