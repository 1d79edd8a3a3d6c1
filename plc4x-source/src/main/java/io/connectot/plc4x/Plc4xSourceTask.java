// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.source.OtSourceTask;
import io.connectot.core.source.SourceSetup;
import java.util.Map;

/** Reads the PLCs of one task. */
public final class Plc4xSourceTask extends OtSourceTask {
  @Override
  protected SourceSetup<?, ?> setup(Map<String, String> props) {
    return SourceSetup.of(new Plc4xProtocol(), props);
  }
}
