// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import io.connectot.core.sink.command.CommandSinkTask;
import io.connectot.core.spi.Protocol;
import io.connectot.plc4x.sink.Plc4xSinkProtocol;

/** Writes to the PLCs of one task. */
public final class Plc4xSinkTask extends CommandSinkTask {
  @Override
  protected Protocol deviceProtocol() {
    return new Plc4xSinkProtocol();
  }
}
