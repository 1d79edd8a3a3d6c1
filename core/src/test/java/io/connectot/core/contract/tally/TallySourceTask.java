// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.source.SourceSetup;
import java.util.Map;

/** Reads tallies. */
public final class TallySourceTask extends OtSourceTask {
  @Override
  protected SourceSetup<?, ?> setup(Map<String, String> props) {
    return SourceSetup.of(new TallyProtocol(), props);
  }
}
