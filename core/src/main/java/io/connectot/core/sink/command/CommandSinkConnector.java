// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.sink.OtSinkConnector;
import io.connectot.core.sink.SinkProtocol;
import io.connectot.core.spi.Protocol;

/**
 * The sink connector of any protocol whose devices can be written to. A module's connector only
 * names its {@link Protocol}, whose drivers are {@link io.connectot.core.spi.WritingDriver}s, and
 * its task class.
 */
public abstract class CommandSinkConnector extends OtSinkConnector {

  /** The protocol that the devices speak. */
  protected abstract Protocol deviceProtocol();

  @Override
  protected final SinkProtocol<?> protocol() {
    return new CommandProtocol(deviceProtocol());
  }
}
