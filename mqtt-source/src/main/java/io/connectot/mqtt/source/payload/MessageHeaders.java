// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.mapping.record.RecordKind;
import io.connectot.core.mapping.settings.HeadersForm;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.UserProperty;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;

/**
 * Record headers. The constant headers of a topic are a prototype to duplicate, and headers with
 * few possible values are shared objects: a message adds only its own. Immutable.
 */
public final class MessageHeaders {
  public static final String PROTOCOL = "ot.protocol";
  public static final String CONNECTOR = "ot.connector";
  public static final String ENDPOINT = "ot.endpoint";
  public static final String TOPIC = "mqtt.topic";
  public static final String QOS = "mqtt.qos";
  public static final String RETAIN = "mqtt.retain";
  public static final String DUP = "mqtt.dup";
  public static final String CONTENT_TYPE = "mqtt.content.type";
  public static final String RESPONSE_TOPIC = "mqtt.response.topic";
  public static final String CORRELATION_DATA = "mqtt.correlation.data";
  public static final String MESSAGE_EXPIRY = "mqtt.message.expiry";

  /** Prefix of user properties. */
  public static final String USER = "mqtt.user.";

  /** Value of {@link #PROTOCOL}. */
  public static final String MQTT = "mqtt";

  private static final Header[] QOS_LEVELS = {
    header(QOS, Schema.INT32_SCHEMA, 0),
    header(QOS, Schema.INT32_SCHEMA, 1),
    header(QOS, Schema.INT32_SCHEMA, 2)
  };
  private static final Header RETAINED = header(RETAIN, Schema.BOOLEAN_SCHEMA, true);
  private static final Header LIVE = header(RETAIN, Schema.BOOLEAN_SCHEMA, false);
  private static final Header AGAIN = header(DUP, Schema.BOOLEAN_SCHEMA, true);
  private static final Header FIRST = header(DUP, Schema.BOOLEAN_SCHEMA, false);

  /** Heap of the headers that every message has, measured on a 64-bit JVM. */
  public static final int FIXED_SIZE = 300;

  private static final int SIZE_PER_HEADER = 120;

  private final HeadersForm form;
  private final String connector;
  private final String endpoint;

  /**
   * @param form which headers records have
   * @param connector the connector's name
   * @param endpoint the brokers
   */
  public MessageHeaders(HeadersForm form, String connector, String endpoint) {
    this.form = form;
    this.connector = connector;
    this.endpoint = endpoint;
  }

  /** The headers of a connector's records. */
  public static MessageHeaders of(Configuration config, String endpoint) {
    return new MessageHeaders(
        config.get(MappingConfig.RECORD_HEADERS),
        MappingConfig.origin(config, MQTT).connector(),
        endpoint);
  }

  /** The constant headers of a topic, to duplicate. */
  public ConnectHeaders ofTopic(RecordKind kind, String topic) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.add(kind.header());
    if (form == HeadersForm.OT) {
      headers.addString(PROTOCOL, MQTT);
      headers.addString(CONNECTOR, connector);
      headers.addString(ENDPOINT, endpoint);
      headers.addString(TOPIC, topic);
    }
    return headers;
  }

  /**
   * Adds the headers of a message other than its topic.
   *
   * @return the estimated heap of its properties in bytes
   */
  public int add(InboundMessage message, Headers headers) {
    if (form == HeadersForm.NONE) {
      return 0;
    }
    headers.add(QOS_LEVELS[message.qos()]);
    headers.add(message.retained() ? RETAINED : LIVE);
    headers.add(message.duplicate() ? AGAIN : FIRST);
    return addProperties(message.properties(), headers);
  }

  /**
   * Adds the headers of a message to those of a measurement.
   *
   * @param topic the header of its topic
   * @return the estimated heap of its properties in bytes
   */
  public int addToMeasurement(InboundMessage message, Header topic, Headers headers) {
    if (form == HeadersForm.OT) {
      headers.add(topic);
    }
    return add(message, headers);
  }

  /** The topic header. */
  public static Header topic(String topic) {
    return header(TOPIC, Schema.STRING_SCHEMA, topic);
  }

  private static int addProperties(MessageProperties properties, Headers headers) {
    int size = 0;
    if (properties.contentType().isPresent()) {
      headers.addString(CONTENT_TYPE, properties.contentType().get());
      size += SIZE_PER_HEADER + 2 * properties.contentType().get().length();
    }
    if (properties.responseTopic().isPresent()) {
      headers.addString(RESPONSE_TOPIC, properties.responseTopic().get());
      size += SIZE_PER_HEADER + 2 * properties.responseTopic().get().length();
    }
    if (properties.correlationData().isPresent()) {
      headers.addBytes(CORRELATION_DATA, properties.correlationData().get());
      size += SIZE_PER_HEADER + properties.correlationData().get().length;
    }
    if (properties.expiry().isPresent()) {
      headers.addLong(MESSAGE_EXPIRY, properties.expiry().get().toSeconds());
      size += SIZE_PER_HEADER;
    }
    for (UserProperty property : properties.userProperties()) {
      headers.addString(USER + property.name(), property.value());
      size += SIZE_PER_HEADER + 2 * (property.name().length() + property.value().length());
    }
    return size;
  }

  private static Header header(String name, Schema schema, Object value) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.add(name, value, schema);
    return headers.lastWithName(name);
  }
}
