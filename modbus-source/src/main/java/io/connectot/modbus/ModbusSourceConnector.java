// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus;

import io.connectot.core.source.OtSourceConnector;
import io.connectot.core.spi.Protocol;
import org.apache.kafka.connect.connector.Task;

/** Reads Modbus devices into Kafka. */
public final class ModbusSourceConnector extends OtSourceConnector {
  @Override
  protected Protocol protocol() {
    return new ModbusProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return ModbusSourceTask.class;
  }
}
