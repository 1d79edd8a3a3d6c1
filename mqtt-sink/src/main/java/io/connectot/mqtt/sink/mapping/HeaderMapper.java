// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.mqtt.transport.MessageProperties;
import io.connectot.mqtt.transport.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** Maps the headers of a record to the properties of its message. Immutable. */
final class HeaderMapper {
  private static final String OWN = "mqtt.";
  private static final String USER = "mqtt.user.";
  private static final String CONTENT_TYPE = "mqtt.content.type";
  private static final String RESPONSE_TOPIC = "mqtt.response.topic";
  private static final String CORRELATION_DATA = "mqtt.correlation.data";

  private final HeaderPolicy policy;

  HeaderMapper(HeaderPolicy policy) {
    this.policy = policy;
  }

  /**
   * The properties of a record's message.
   *
   * @param expiry zero for none
   * @param utf8 whether the payload is UTF-8 text
   * @throws UnwritableRecordException if MQTT does not allow the content of a header
   */
  MessageProperties properties(SinkRecord record, Duration expiry, boolean utf8) {
    Optional<Duration> lifetime = expiry.isZero() ? Optional.empty() : Optional.of(expiry);
    if (policy == HeaderPolicy.NONE || record.headers().isEmpty()) {
      return new MessageProperties(
          List.of(), Optional.empty(), Optional.empty(), Optional.empty(), lifetime, utf8);
    }
    List<UserProperty> user = new ArrayList<>();
    for (Header header : record.headers()) {
      String name = header.key();
      if (name.startsWith(USER)) {
        addTo(user, name.substring(USER.length()), header);
      } else if (policy == HeaderPolicy.ALL && !name.startsWith(OWN)) {
        addTo(user, name, header);
      }
    }
    Optional<String> responseTopic = text(record, RESPONSE_TOPIC);
    responseTopic.ifPresent(topic -> MqttText.checkTopic("header " + RESPONSE_TOPIC, topic));
    return new MessageProperties(
        user, text(record, CONTENT_TYPE), responseTopic, correlation(record), lifetime, utf8);
  }

  private static void addTo(List<UserProperty> user, String name, Header header) {
    if (header.value() == null) {
      return;
    }
    String value = ConnectText.of(header.schema(), header.value());
    MqttText.check("the name of header " + header.key(), name);
    MqttText.check("header " + header.key(), value);
    user.add(new UserProperty(name, value));
  }

  private static Optional<Header> header(SinkRecord record, String name) {
    return Optional.ofNullable(record.headers().lastWithName(name))
        .filter(header -> header.value() != null);
  }

  private static Optional<String> text(SinkRecord record, String name) {
    Optional<String> text =
        header(record, name).map(header -> ConnectText.of(header.schema(), header.value()));
    text.ifPresent(value -> MqttText.check("header " + name, value));
    return text;
  }

  private static Optional<byte[]> correlation(SinkRecord record) {
    Optional<byte[]> data =
        header(record, CORRELATION_DATA)
            .map(header -> ConnectText.payload(header.schema(), header.value()));
    data.ifPresent(value -> MqttText.check("header " + CORRELATION_DATA, value));
    return data;
  }
}
