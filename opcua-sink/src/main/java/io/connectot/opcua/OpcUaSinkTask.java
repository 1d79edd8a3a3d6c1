// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.sink.command.CommandSinkTask;
import io.connectot.core.spi.Protocol;
import io.connectot.opcua.sink.OpcUaSinkProtocol;

/** Writes values and calls methods of OPC UA servers. */
public final class OpcUaSinkTask extends CommandSinkTask {
  @Override
  protected Protocol deviceProtocol() {
    return new OpcUaSinkProtocol();
  }
}
