// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.config.ModbusDevice;

/** Makes Modbus connections. Thread-safe. */
@FunctionalInterface
public interface ModbusConnectionFactory {

  /**
   * Makes the connection of a device, and of the devices that share it. Opens nothing and does not
   * block.
   */
  ModbusConnection newConnection(ModbusDevice device);
}
