// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.mapping.PreparedRecord;
import io.connectot.core.mapping.RecordKind;
import io.connectot.core.mapping.template.Template;
import io.connectot.core.mapping.template.TopicNames;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;

/** One record per message: the payload is the value, the rest are headers. */
final class PassThroughFormat implements PayloadFormat {
  /** Heap of a record without value, key and headers, measured on a 64-bit JVM. */
  private static final int FIXED_SIZE = 200;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Function<String, PayloadReader> readers;
  private final Template topic;
  private final KeySource key;
  private final MessageHeaders headers;

  /**
   * @param readers creates the reader of a Kafka topic
   */
  PassThroughFormat(
      Function<String, PayloadReader> readers,
      Template topic,
      KeySource key,
      MessageHeaders headers) {
    this.readers = readers;
    this.topic = topic;
    this.key = key;
    this.headers = headers;
  }

  @Override
  public TopicMapper forTopic(TopicVariables variables) throws PayloadException {
    try {
      return new OfTopic(
          TopicNames.render(topic, variables),
          key instanceof KeySource.OfTopic rule ? rule.template().render(variables) : null,
          headers.ofTopic(RecordKind.MESSAGE, variables.topic()));
    } catch (IllegalArgumentException e) {
      throw new PayloadException(e.getMessage(), e);
    }
  }

  private final class OfTopic implements TopicMapper {
    private final String kafkaTopic;
    private final PayloadReader reader;

    /** Null if the payload contains the key, or without a key. */
    private final String topicKey;

    private final ConnectHeaders prototype;

    OfTopic(String kafkaTopic, String topicKey, ConnectHeaders prototype) {
      this.kafkaTopic = kafkaTopic;
      this.reader = readers.apply(kafkaTopic);
      this.topicKey = topicKey;
      this.prototype = prototype;
    }

    @Override
    public List<PreparedRecord> map(InboundMessage message, byte[] payload, long receivedNanos)
        throws PayloadException {
      PayloadContent content = reader.read(payload);
      String text = key instanceof KeySource.OfPayload rule ? rule.key(content.json()) : topicKey;
      ConnectHeaders own = prototype.duplicate();
      int properties = headers.add(message, own);
      return List.of(
          new PreparedRecord(
              kafkaTopic,
              text == null ? null : Schema.STRING_SCHEMA,
              text,
              content.schema(),
              content.value(),
              Math.max(0, Math.floorDiv(receivedNanos, NANOS_PER_MILLI)),
              own,
              FIXED_SIZE + MessageHeaders.FIXED_SIZE + properties + content.size()));
    }
  }
}
