// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.type.Codec;
import java.util.OptionalInt;

/**
 * A tag line.
 *
 * @param address the address of the value
 * @param unit the unit identifier; empty for the device's
 * @param codec decodes the value
 */
public record ModbusTag(TableAddress address, OptionalInt unit, Codec codec) {
  @Override
  public String toString() {
    return address.toString();
  }
}
