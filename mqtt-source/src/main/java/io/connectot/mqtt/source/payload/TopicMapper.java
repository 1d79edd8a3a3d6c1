// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.mapping.RecordSink;
import io.connectot.mqtt.transport.InboundMessage;

/** Makes records of the messages of one topic. For one thread. */
@FunctionalInterface
public interface TopicMapper {

  /**
   * Makes the records of one message, any number of them. The caller drops those of a message that
   * turns out to be unreadable.
   *
   * @param payload the message's, decompressed; not to be changed
   * @param receivedNanos when the message arrived, nanoseconds since 1970
   * @throws PayloadException when the message cannot be read
   */
  void map(InboundMessage message, byte[] payload, long receivedNanos, RecordSink sink)
      throws PayloadException;
}
