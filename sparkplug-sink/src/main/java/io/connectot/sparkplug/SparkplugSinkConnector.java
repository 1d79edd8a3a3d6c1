// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import io.connectot.core.sink.command.CommandSinkConnector;
import io.connectot.core.spi.Protocol;
import io.connectot.sparkplug.sink.EdgeProtocol;
import org.apache.kafka.connect.connector.Task;

/** Sends commands from Kafka to the metrics of Sparkplug edge nodes and their devices. */
public final class SparkplugSinkConnector extends CommandSinkConnector {
  @Override
  protected Protocol deviceProtocol() {
    return new EdgeProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return SparkplugSinkTask.class;
  }
}
