// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.source.SourceSetup;
import java.util.Map;

/** Reads one task's share of the nodes of OPC UA servers. */
public final class OpcUaSourceTask extends OtSourceTask {
  @Override
  protected SourceSetup<?, ?> setup(Map<String, String> props) {
    return SourceSetup.of(new OpcUaProtocol(), props);
  }
}
