// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.spi.Ack;
import io.connectot.core.spi.Message;
import io.connectot.mqtt.transport.InboundMessage;

/** Maps inbound messages to events. For one thread. */
@FunctionalInterface
public interface InboundMessageMapper {

  /**
   * Maps a message.
   *
   * @param receivedNanos when the message arrived, epoch nanoseconds
   * @param ack told when Kafka has the message
   * @return a message with any number of events; without events it is only acknowledged
   * @throws PoisonMessageException when the message cannot be read and {@code mqtt.poison=fail}
   */
  Message map(InboundMessage message, long receivedNanos, Ack ack) throws PoisonMessageException;
}
