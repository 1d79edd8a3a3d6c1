// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.PreparedRecord;
import io.connectot.core.mapping.RecordKind;
import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.transport.InboundMessage;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/**
 * Makes records of poison messages: the unchanged payload, keyed by its topic, with the usual
 * headers and the reason. Thread-safe.
 */
final class DeadLetters {
  static final String REASON = "ot.error.reason";
  static final String EXCEPTION = "ot.error.exception";
  static final String SUBSCRIPTION = "ot.error.subscription";
  static final String CONNECTOR = "ot.error.connector";

  private static final int FIXED_SIZE = 1200;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String topic;
  private final String connector;
  private final MessageHeaders messageHeaders;

  DeadLetters(String topic, String connector, MessageHeaders messageHeaders) {
    this.topic = topic;
    this.connector = connector;
    this.messageHeaders = messageHeaders;
  }

  PreparedRecord of(
      InboundMessage message,
      long receivedNanos,
      String subscription,
      Throwable cause,
      String reason) {
    ConnectHeaders headers = messageHeaders.ofTopic(RecordKind.DEADLETTER, message.topic());
    int properties = messageHeaders.add(message, headers);
    headers.addString(REASON, reason);
    headers.addString(EXCEPTION, root(cause).getClass().getName());
    headers.addString(SUBSCRIPTION, subscription);
    headers.addString(CONNECTOR, connector);
    return new PreparedRecord(
        topic,
        Schema.STRING_SCHEMA,
        message.topic(),
        Schema.BYTES_SCHEMA,
        message.payload(),
        Math.max(0, Math.floorDiv(receivedNanos, NANOS_PER_MILLI)),
        headers,
        FIXED_SIZE + properties + message.payload().length);
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : failure.getCause();
  }
}
