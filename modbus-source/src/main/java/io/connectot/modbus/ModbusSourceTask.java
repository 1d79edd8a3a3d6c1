// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.spi.Protocol;

/** Reads the Modbus devices of one task. */
public final class ModbusSourceTask extends OtSourceTask {
  @Override
  protected Protocol protocol() {
    return new ModbusProtocol();
  }
}
