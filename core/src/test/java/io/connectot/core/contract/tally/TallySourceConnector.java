// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.source.OtSourceConnector;
import io.connectot.core.spi.Protocol;
import org.apache.kafka.connect.connector.Task;

/** The connector for tallies. */
public final class TallySourceConnector extends OtSourceConnector {
  @Override
  protected Protocol protocol() {
    return new TallyProtocol();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return TallySourceTask.class;
  }
}
