// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.config.ModbusConnectionSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import java.util.Optional;

/** Makes Modbus connections. Thread-safe. */
@FunctionalInterface
public interface ModbusConnectionFactory {

  /**
   * Makes a connection. Opens nothing and does not block.
   *
   * @param endpoint the preferred endpoint
   * @param backup the endpoint to use while {@code endpoint} is unreachable; empty for none
   */
  ModbusConnection newConnection(
      ModbusEndpoint endpoint, Optional<ModbusEndpoint> backup, ModbusConnectionSettings settings);
}
