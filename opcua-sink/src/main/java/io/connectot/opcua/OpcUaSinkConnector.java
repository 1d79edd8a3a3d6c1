// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.sink.command.CommandSinkConnector;
import io.connectot.core.spi.Protocol;
import io.connectot.opcua.sink.OpcUaSinkProtocol;
import org.apache.kafka.connect.connector.Task;

/** Writes values and calls methods of OPC UA servers. */
public final class OpcUaSinkConnector extends CommandSinkConnector {
  @Override
  protected Protocol deviceProtocol() {
    return new OpcUaSinkProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return OpcUaSinkTask.class;
  }
}
