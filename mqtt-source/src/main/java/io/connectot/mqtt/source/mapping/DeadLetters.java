// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordKind;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.record.RecordSize;
import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.transport.InboundMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;

/**
 * Makes records of poison messages: the payload, keyed by its topic, with the usual headers and the
 * reason. The payload is cut, and properties are left out, where the record would not fit: a dead
 * letter is never poison itself. Thread-safe.
 */
public final class DeadLetters {
  static final String REASON = "ot.error.reason";
  static final String EXCEPTION = "ot.error.exception";
  static final String SUBSCRIPTION = "ot.error.subscription";
  static final String CONNECTOR = "ot.error.connector";
  static final String FORM = "ot.payload.form";
  static final String LENGTH = "ot.payload.length";
  static final String SHA_256 = "ot.payload.sha256";
  static final String TRUNCATED = "ot.payload.truncated";
  static final String PROPERTIES_OMITTED = "ot.properties.omitted";

  private static final int FIXED_SIZE = 1800;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** More of a reason, and of a name, is cut. */
  private static final int MOST_REASON = 1000;

  private static final int MOST_NAME = 200;

  /** The key, the topic, and the properties take at most this part of a record each. */
  private static final int SHARE = 5;

  /** For what converters and Kafka add to a record, and for its schema. */
  private static final int RESERVE = 500;

  private final String topic;
  private final String connector;
  private final MessageHeaders messageHeaders;
  private final DeadLetterForm form;
  private final RecordLimit limit;

  /**
   * @param topic a legal Kafka topic
   * @param connector the connector's name
   * @param limit the most that a dead letter takes
   */
  public DeadLetters(
      String topic,
      String connector,
      MessageHeaders messageHeaders,
      DeadLetterForm form,
      RecordLimit limit) {
    this.topic = topic;
    this.connector = connector;
    this.messageHeaders = messageHeaders;
    this.form = form;
    this.limit = limit;
  }

  PreparedRecord of(
      InboundMessage message,
      long receivedNanos,
      String subscription,
      Throwable cause,
      String reason) {
    String mqttTopic = cut(message.topic(), limit.maxBytes() / SHARE);
    ConnectHeaders headers = messageHeaders.ofTopic(RecordKind.DEADLETTER, mqttTopic);
    int properties = addProperties(message, headers);
    headers.addString(REASON, shorten(reason, MOST_REASON));
    headers.addString(EXCEPTION, root(cause).getClass().getName());
    headers.addString(SUBSCRIPTION, shorten(subscription, MOST_NAME));
    headers.addString(CONNECTOR, shorten(connector, MOST_NAME));
    byte[] payload = message.payload();
    int length = Math.min(payload.length, room(mqttTopic, headers));
    headers.addString(FORM, form.toString());
    headers.addInt(LENGTH, payload.length);
    headers.addString(SHA_256, sha256(payload));
    headers.addBoolean(TRUNCATED, length < payload.length);
    return new PreparedRecord(
        topic,
        Schema.STRING_SCHEMA,
        mqttTopic,
        form.schema(),
        form.value(payload, length),
        Math.max(0, Math.floorDiv(receivedNanos, NANOS_PER_MILLI)),
        headers,
        FIXED_SIZE + properties + 3 * length);
  }

  /** The properties of the message, if they do not take too much of the record. */
  private int addProperties(InboundMessage message, ConnectHeaders headers) {
    ConnectHeaders own = new ConnectHeaders();
    int size = messageHeaders.add(message, own);
    if (size(own) > limit.maxBytes() / SHARE) {
      headers.addBoolean(PROPERTIES_OMITTED, true);
      return 0;
    }
    own.forEach(headers::add);
    return size;
  }

  /** How many bytes of a payload there is room for beside key and headers. */
  private int room(String key, ConnectHeaders headers) {
    long left = limit.maxBytes() - RESERVE - size(headers) - RecordSize.LONGEST.of(key) - MOST_NAME;
    // Base64, by the form or by the converter, unless the converter takes bytes as they are.
    boolean plain = form == DeadLetterForm.BYTES && limit.sizes().plainBytes();
    return (int) Math.max(0, plain ? left : left / 4 * 3);
  }

  private static long size(ConnectHeaders headers) {
    long size = 0;
    for (Header header : headers) {
      size += RecordSize.header(header);
    }
    return size;
  }

  /** The beginning of a text that takes at most so many bytes. */
  private static String cut(String text, long bytes) {
    return RecordSize.LONGEST.of(text) <= bytes ? text : shorten(text, (int) (bytes / 6));
  }

  private static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }

  private static String sha256(byte[] payload) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : failure.getCause();
  }
}
