// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.spi.Protocol;

/** Reads one task's share of the nodes of OPC UA servers. */
public final class OpcUaSourceTask extends OtSourceTask {
  @Override
  protected Protocol protocol() {
    return new OpcUaProtocol();
  }
}
