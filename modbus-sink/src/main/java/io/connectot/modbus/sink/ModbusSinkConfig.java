// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.modbus.config.ModbusConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The {@code modbus.*} keys of the sink. */
final class ModbusSinkConfig {
  static final Key<Boolean> WRITE_MULTIPLE =
      Key.flag("modbus.write.multiple", false)
          .importance(Importance.LOW)
          .display("Write single values with functions 15 and 16")
          .doc(
              "Whether a single coil or register is written with function 15 or 16 instead of 5 or"
                  + " 6, for devices that have no others.");

  static final Key<Boolean> READ_MODIFY_WRITE =
      Key.flag("modbus.write.read.modify", false)
          .importance(Importance.LOW)
          .display("Write bits by reading their register")
          .doc(
              "Whether bits of a register may be written by reading the register and writing all of"
                  + " it, where the device does not have function 22 or the tag has parts of"
                  + " several registers. What the device itself or another master changes in"
                  + " between is overwritten.");

  /** The keys that parameters of device lines override. */
  static final Keys OVERRIDABLE =
      Keys.of(
          ModbusConfig.CONNECTION, Keys.group("Modbus writes", WRITE_MULTIPLE, READ_MODIFY_WRITE));

  static final Keys KEYS =
      Keys.of(
          Keys.group(
              "Modbus addresses",
              ModbusConfig.ADDRESS_BASE,
              ModbusConfig.ADDRESS_NOTATION,
              ModbusConfig.DEFAULT_TABLE,
              ModbusConfig.DEFAULT_TYPE,
              ModbusConfig.BYTE_ORDER),
          OVERRIDABLE);

  private ModbusSinkConfig() {}
}
