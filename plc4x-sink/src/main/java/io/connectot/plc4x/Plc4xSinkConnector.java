// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.sink.command.CommandSinkConnector;
import io.connectot.core.spi.Protocol;
import io.connectot.plc4x.sink.Plc4xSinkProtocol;
import org.apache.kafka.connect.connector.Task;

/** Writes commands from Kafka to PLCs through the drivers of Apache PLC4X. */
public final class Plc4xSinkConnector extends CommandSinkConnector {
  @Override
  protected Protocol deviceProtocol() {
    return new Plc4xSinkProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return Plc4xSinkTask.class;
  }
}
