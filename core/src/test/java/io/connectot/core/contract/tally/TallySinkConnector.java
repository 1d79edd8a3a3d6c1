// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.sink.command.CommandSinkConnector;
import io.connectot.core.spi.Protocol;
import org.apache.kafka.connect.connector.Task;

/** The connector that sets the counts of tallies. */
public final class TallySinkConnector extends CommandSinkConnector {
  @Override
  protected Protocol deviceProtocol() {
    return new TallySinkProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return TallySinkTask.class;
  }
}
