// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.source.OtSourceConnector;
import io.connectot.core.spi.Protocol;
import io.connectot.opcua.resume.NodeOffset;
import java.util.Map;
import org.apache.kafka.connect.connector.Task;

/** Reads OPC UA servers into Kafka. */
public final class OpcUaSourceConnector extends OtSourceConnector {
  @Override
  protected Protocol protocol() {
    return new OpcUaProtocol();
  }

  @Override
  protected void checkOffset(Map<String, ?> partition, Map<String, ?> offset) {
    // Rows have offsets of their device, values those of their tag.
    if (partition != null && partition.containsKey("device")) {
      super.checkOffset(partition, offset);
    } else {
      NodeOffset.check(partition, offset);
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return OpcUaSourceTask.class;
  }
}
