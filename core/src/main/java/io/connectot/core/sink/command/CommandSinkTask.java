// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.connection.Clock;
import io.connectot.core.sink.OtSinkTask;
import io.connectot.core.sink.SinkProtocol;
import io.connectot.core.sink.command.read.Command;
import io.connectot.core.sink.publish.KafkaPublishers;
import io.connectot.core.sink.publish.PublisherFactory;
import io.connectot.core.spi.Protocol;

/** The task of a {@link CommandSinkConnector}. A module's task only names its protocol. */
public abstract class CommandSinkTask extends OtSinkTask<Command> {
  private final PublisherFactory publishers;
  private final Clock clock;

  protected CommandSinkTask() {
    this.publishers = new KafkaPublishers();
    this.clock = Clock.SYSTEM;
  }

  /** For tests: publishes results elsewhere. */
  protected CommandSinkTask(WaitLimits limits, Clock clock, PublisherFactory publishers) {
    super(limits, clock);
    this.publishers = publishers;
    this.clock = clock;
  }

  /** The protocol that the devices speak. */
  protected abstract Protocol deviceProtocol();

  @Override
  protected final SinkProtocol<Command> protocol() {
    return new CommandProtocol(deviceProtocol(), publishers, clock);
  }
}
