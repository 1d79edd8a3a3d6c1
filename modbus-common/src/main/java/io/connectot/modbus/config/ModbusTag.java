// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.type.Codec;
import java.util.OptionalInt;

/**
 * What a tag line says.
 *
 * @param address where the value begins
 * @param unit the unit identifier; empty for the device's own
 * @param codec makes the value
 */
public record ModbusTag(TableAddress address, OptionalInt unit, Codec codec) {
  @Override
  public String toString() {
    return address.toString();
  }
}
