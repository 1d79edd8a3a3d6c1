// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.sink.command.CommandSinkConnector;
import io.connectot.core.spi.Protocol;
import io.connectot.modbus.sink.ModbusSinkProtocol;
import org.apache.kafka.connect.connector.Task;

/** Writes commands from Kafka to Modbus devices. */
public final class ModbusSinkConnector extends CommandSinkConnector {
  @Override
  protected Protocol deviceProtocol() {
    return new ModbusSinkProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return ModbusSinkTask.class;
  }
}
