// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.codec.Codec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tag line.
 *
 * @param address the address of the value
 * @param unit the unit identifier; empty for the device's
 * @param codec decodes the value
 * @param scaleFactor where the device has the power of ten that the value is multiplied by
 * @param models the SunSpec models, any of which the address counts from the start of; empty for an
 *     address of the table
 */
public record ModbusTag(
    TableAddress address,
    OptionalInt unit,
    Codec codec,
    Optional<ModbusTag> scaleFactor,
    List<Integer> models) {
  /** A tag at an address of the table. */
  public ModbusTag(
      TableAddress address, OptionalInt unit, Codec codec, Optional<ModbusTag> scaleFactor) {
    this(address, unit, codec, scaleFactor, List.of());
  }

  /** A tag whose device has no scale factor. */
  public ModbusTag(TableAddress address, OptionalInt unit, Codec codec) {
    this(address, unit, codec, Optional.empty());
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
