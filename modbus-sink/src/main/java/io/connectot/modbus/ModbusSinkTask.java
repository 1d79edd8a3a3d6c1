// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.sink.command.CommandSinkTask;
import io.connectot.core.spi.Protocol;
import io.connectot.modbus.sink.ModbusSinkProtocol;

/** Writes to the Modbus devices of one task. */
public final class ModbusSinkTask extends CommandSinkTask {
  @Override
  protected Protocol deviceProtocol() {
    return new ModbusSinkProtocol();
  }
}
