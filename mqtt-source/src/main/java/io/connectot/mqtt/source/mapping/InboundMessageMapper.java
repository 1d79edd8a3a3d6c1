// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.RecordSink;
import io.connectot.mqtt.transport.InboundMessage;

/**
 * Turns messages into records: which subscription a message belongs to, how its payload is read,
 * where its records go, and what becomes of one that cannot be read. For one thread.
 */
public interface InboundMessageMapper {

  /**
   * Maps one message to any number of records. None is a result too: the message is acknowledged.
   *
   * @param receivedNanos when the message arrived, nanoseconds since 1970
   * @throws PoisonMessageException when the message cannot be read and the configuration says that
   *     the task is to fail then; nothing was handed to {@code sink}
   */
  void map(InboundMessage message, long receivedNanos, RecordSink sink)
      throws PoisonMessageException;
}
