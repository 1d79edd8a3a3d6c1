// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.UnencodableValueException;

/**
 * Decodes values from the data of a response, and encodes them for a request. Immutable; decoding
 * never throws for complete data.
 */
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

  /** Whether a value is an array. */
  default boolean isArray() {
    return false;
  }

  /** The type of the elements of an array, or of the value. */
  default ValueType elementType() {
    return valueType();
  }

  /**
   * Encodes one value: the inverse of {@link #decode} without scaling.
   *
   * @param data takes the value, at the bits of {@link #own}; the other bits are not changed
   * @param start as in {@link #decode}
   * @throws UnencodableValueException when the type cannot hold the value
   */
  void encode(Value value, byte[] data, int start) throws UnencodableValueException;

  /** Sets the bits of registers that belong to the value. */
  void own(byte[] bits, int start);
}
