// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.sink.command.CommandSinkTask;
import io.connectot.core.spi.Protocol;

/** Sets the counts of tallies. */
public final class TallySinkTask extends CommandSinkTask {
  @Override
  protected Protocol deviceProtocol() {
    return new TallySinkProtocol();
  }
}
