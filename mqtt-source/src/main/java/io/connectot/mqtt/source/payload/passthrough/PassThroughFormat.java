// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.connectot.core.mapping.record.PreparedRecord;
import io.connectot.core.mapping.record.RecordKind;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.record.SharedHeaders;
import io.connectot.core.mapping.template.TopicCollisions;
import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.PayloadFormat;
import io.connectot.mqtt.source.payload.TopicMapper;
import io.connectot.mqtt.source.payload.document.JsonDocuments;
import io.connectot.mqtt.source.payload.select.JsonScope;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;

/** One record per message: the payload is the value, the rest are headers. */
public final class PassThroughFormat implements PayloadFormat {
  /** Heap of a record without value, key and headers, measured on a 64-bit JVM. */
  private static final int FIXED_SIZE = 200;

  private static final int SIZE_PER_FIELD = 50;

  /** Those that most messages have beside what is the same in all of a topic. */
  private static final int HEADERS_PER_MESSAGE = 3;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Function<String, PassThroughReader> readers;
  private final TopicSource topic;
  private final KeySource key;
  private final MessageHeaders headers;
  private final RecordLimit limit;
  private final TopicCollisions collisions;

  /**
   * @param readers creates the reader of a Kafka topic
   * @param limit larger records are poison
   * @param collisions of the Kafka topics of this format
   */
  public PassThroughFormat(
      Function<String, PassThroughReader> readers,
      TopicSource topic,
      KeySource key,
      MessageHeaders headers,
      RecordLimit limit,
      TopicCollisions collisions) {
    this.readers = readers;
    this.topic = topic;
    this.key = key;
    this.headers = headers;
    this.limit = limit;
    this.collisions = collisions;
  }

  @Override
  public TopicMapper forTopic(TopicVariables variables) throws PayloadException {
    try {
      return new OfTopic(
          variables,
          topic.fields().isEmpty() ? checked(topic.render(variables)) : null,
          key instanceof KeySource.OfTopic rule ? rule.template().render(variables) : null,
          SharedHeaders.copyOf(headers.ofTopic(RecordKind.MESSAGE, variables.topic())));
    } catch (IllegalArgumentException e) {
      throw new PayloadException(e.getMessage(), e);
    }
  }

  private String checked(String kafkaTopic) throws PayloadException {
    Optional<String> problem = collisions.add("another message", kafkaTopic);
    if (problem.isPresent()) {
      throw new PayloadException("it " + problem.get());
    }
    return kafkaTopic;
  }

  private final class OfTopic implements TopicMapper {
    private final TopicVariables variables;

    /** Null if the payload contains a part of it. */
    private final String kafkaTopic;

    /** Null if the Kafka topic differs from message to message. */
    private final PassThroughReader reader;

    /** Null if the payload contains the key, or without a key. */
    private final String topicKey;

    private final SharedHeaders prototype;

    OfTopic(TopicVariables variables, String kafkaTopic, String topicKey, SharedHeaders prototype) {
      this.variables = variables;
      this.kafkaTopic = kafkaTopic;
      this.reader = kafkaTopic == null ? null : readers.apply(kafkaTopic);
      this.topicKey = topicKey;
      this.prototype = prototype;
    }

    @Override
    public List<PreparedRecord> map(InboundMessage message, byte[] payload, long receivedNanos)
        throws PayloadException {
      if (payload.length == 0 && (kafkaTopic == null || key instanceof KeySource.OfPayload)) {
        // A deleted retained message does not say which Kafka topic or key it had.
        return List.of();
      }
      if (kafkaTopic != null) {
        return List.of(record(message, receivedNanos, kafkaTopic, reader.read(payload)));
      }
      JsonNode document = JsonDocuments.read(payload);
      String ofMessage = topic(document);
      PassThroughReader readerOfMessage = readers.apply(ofMessage);
      PayloadContent content =
          readerOfMessage instanceof DocumentReader ofDocuments
              ? ofDocuments.read(document, payload.length)
              : readerOfMessage.read(payload);
      return List.of(record(message, receivedNanos, ofMessage, content));
    }

    private String topic(JsonNode document) throws PayloadException {
      Map<String, String> fields = topic.fields().values("topic", JsonScope.of(document));
      try {
        return checked(topic.render(variables.or(fields::get)));
      } catch (IllegalArgumentException e) {
        throw new PayloadException(e.getMessage(), e);
      }
    }

    /** Null for none. */
    private String key(JsonNode document) throws PayloadException {
      if (!(key instanceof KeySource.OfPayload rule)) {
        return topicKey;
      }
      JsonScope scope = JsonScope.of(document == null ? MissingNode.getInstance() : document);
      Map<String, String> fields = rule.fields().values("key", scope);
      return rule.template().render(variables.or(fields::get));
    }

    private PreparedRecord record(
        InboundMessage message, long receivedNanos, String ofMessage, PayloadContent content)
        throws PayloadException {
      String text = key(content.json());
      Headers own = prototype.extend(HEADERS_PER_MESSAGE);
      int properties = headers.add(message, own);
      PreparedRecord made =
          new PreparedRecord(
              ofMessage,
              text == null ? null : Schema.STRING_SCHEMA,
              text,
              content.schema(),
              content.value(),
              Math.max(0, Math.floorDiv(receivedNanos, NANOS_PER_MILLI)),
              own,
              FIXED_SIZE + MessageHeaders.FIXED_SIZE + properties + content.size());
      checkSize(made, message.topic().length());
      return made;
    }

    private void checkSize(PreparedRecord made, int topicLength) throws PayloadException {
      // The MQTT topic is a header and may be the key; fields of a schema are written without
      // values.
      int fields = made.value() instanceof Struct struct ? struct.schema().fields().size() : 0;
      if (limit.surelyFits(
          made.sizeEstimate() + 4L * topicLength + (long) SIZE_PER_FIELD * fields)) {
        return;
      }
      long size = limit.sizes().of(made);
      if (size > limit.maxBytes()) {
        throw new PayloadException(limit.excess(made.topic(), size));
      }
    }
  }
}
