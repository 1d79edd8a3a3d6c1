// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.spi.Protocol;

/** Reads tallies. */
public final class TallySourceTask extends OtSourceTask {
  @Override
  protected Protocol protocol() {
    return new TallyProtocol();
  }
}
