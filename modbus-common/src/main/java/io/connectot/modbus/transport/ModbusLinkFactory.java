// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.config.LinkSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import java.util.Optional;

/** Makes links. Thread-safe. */
@FunctionalInterface
public interface ModbusLinkFactory {

  /**
   * Makes a link. Opens nothing and does not block.
   *
   * @param endpoint where it connects to first
   * @param backup where it connects to while {@code endpoint} cannot be reached; empty for nowhere
   */
  ModbusLink newLink(
      ModbusEndpoint endpoint, Optional<ModbusEndpoint> backup, LinkSettings settings);
}
