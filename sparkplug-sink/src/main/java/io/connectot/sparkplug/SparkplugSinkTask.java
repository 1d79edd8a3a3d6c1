// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import io.connectot.core.sink.command.CommandSinkTask;
import io.connectot.core.spi.Protocol;
import io.connectot.sparkplug.sink.EdgeProtocol;

/** The task of {@link SparkplugSinkConnector}. */
public final class SparkplugSinkTask extends CommandSinkTask {
  @Override
  protected Protocol deviceProtocol() {
    return new EdgeProtocol();
  }
}
