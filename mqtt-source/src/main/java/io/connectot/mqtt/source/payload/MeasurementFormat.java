// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.spi.RecordDecorator;
import io.connectot.mqtt.source.subscription.TopicVariables;
import io.connectot.mqtt.transport.InboundMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.header.Header;

/** Measurements from JSON documents and bare values such as {@code 21.5}. */
final class MeasurementFormat implements PayloadFormat {
  /** Maximum number of measurements per message, to bound memory. */
  static final int MAX_MEASUREMENTS = 100_000;

  /** Longer names are rejected, as names are cached. */
  static final int MAX_NAME = 200;

  private static final String NO_VALUE = "NO_VALUE";

  private final MeasurementSettings settings;
  private final TagRegistry registry;

  MeasurementFormat(MeasurementSettings settings) {
    this.settings = settings;
    this.registry = new TagRegistry(settings.mapping, settings.report, settings.endpoint);
  }

  @Override
  public TopicMapper forTopic(TopicVariables topic) throws PayloadException {
    try {
      return new OfTopic(topic, render(settings.device, topic), render(settings.tag, topic));
    } catch (IllegalArgumentException e) {
      throw new PayloadException(e.getMessage(), e);
    }
  }

  /** Null if the payload contains the name. */
  private static String render(FieldSource field, TopicVariables topic) {
    return field instanceof FieldSource.OfTopic ofTopic ? ofTopic.template().render(topic) : null;
  }

  private final class OfTopic implements TopicMapper {
    private final TopicVariables topic;
    private final Header topicHeader;

    /** Null if the payload contains the device. */
    private final String device;

    /** Null if the payload contains the tag. */
    private final String tag;

    OfTopic(TopicVariables topic, String device, String tag) {
      this.topic = topic;
      this.topicHeader = MessageHeaders.topic(topic.topic());
      this.device = device;
      this.tag = tag;
    }

    @Override
    public List<Measurement> map(InboundMessage message, byte[] payload, long receivedNanos)
        throws PayloadException {
      if (payload.length == 0) {
        // A deleted retained message contains no measurement.
        return List.of();
      }
      Batch batch = new Batch(this, receivedNanos);
      JsonScope document = JsonScope.of(document(payload));
      if (settings.samples.isEmpty()) {
        batch.addSample(document);
      } else {
        JsonNode samples = document.find(settings.samples.get());
        if (samples == null) {
          throw missing("samples", settings.samples.get());
        }
        if (samples.isArray()) {
          for (JsonNode sample : samples) {
            batch.addSample(document.inner(sample));
          }
        } else {
          batch.addSample(document.inner(samples));
        }
      }
      return batch.measurements;
    }

    @Override
    public RecordDecorator decorator(InboundMessage message) {
      return headers -> settings.headers.addToMeasurement(message, topicHeader, headers);
    }
  }

  private JsonNode document(byte[] payload) throws PayloadException {
    if (!settings.allowsBareText()) {
      return JsonDocuments.read(payload);
    }
    try {
      return JsonDocuments.read(payload);
    } catch (PayloadException e) {
      String text = PayloadReader.text(payload).trim();
      if (text.isEmpty() || "{[\"".indexOf(text.charAt(0)) >= 0) {
        throw e;
      }
      return TextNode.valueOf(text);
    }
  }

  private static PayloadException missing(String option, JsonPointer pointer) {
    return new PayloadException(
        "there is nothing at "
            + option
            + "="
            + pointer
            + " in the payload; correct the option, or the publisher");
  }

  /** The measurements of one message. For one thread. */
  private final class Batch {
    private final OfTopic topic;
    private final long receivedNanos;
    private final List<Measurement> measurements = new ArrayList<>();

    Batch(OfTopic topic, long receivedNanos) {
      this.topic = topic;
      this.receivedNanos = receivedNanos;
    }

    void addSample(JsonScope sample) throws PayloadException {
      if (settings.values.isEmpty()) {
        add(sample, topic.tag == null ? name("tag", settings.tag, sample) : topic.tag);
        return;
      }
      JsonNode members = sample.find(settings.values.get());
      if (members == null || !members.isObject()) {
        throw missing("values", settings.values.get());
      }
      for (Map.Entry<String, JsonNode> member : members.properties()) {
        add(sample.inner(member.getValue()), checked("tag", member.getKey()));
      }
    }

    private void add(JsonScope scope, String tagName) throws PayloadException {
      if (measurements.size() == MAX_MEASUREMENTS) {
        throw new PayloadException(
            "the payload holds more than " + MAX_MEASUREMENTS + " values; publish fewer at a time");
      }
      JsonNode node = scope.node().at(settings.value);
      if (node.isMissingNode()) {
        throw missing("value", settings.value);
      }
      TagRegistry.Entry owner =
          registry.device(
              topic.topic,
              topic.device == null ? name("device", settings.device, scope) : topic.device);
      measurements.add(measurement(scope, node, owner, tagName));
    }

    private Measurement measurement(
        JsonScope scope, JsonNode node, TagRegistry.Entry owner, String tagName)
        throws PayloadException {
      JsonNode qualityNode = find(scope, settings.quality.orElse(null));
      Quality quality =
          qualityNode == null ? Quality.GOOD : settings.qualityReader.read(qualityNode);
      String status = quality == Quality.GOOD ? null : Excerpt.shorten(qualityNode.asText());
      JsonNode timeNode = find(scope, settings.time.orElse(null));
      long nanos = timeNode == null ? receivedNanos : settings.timeReader.nanos(timeNode);
      String unit = unit(scope);
      if (node.isNull() || quality == Quality.BAD) {
        boolean bad = quality == Quality.BAD;
        Point<?> none = owner.point(tagName, settings.reader.typeOfNone(), unit);
        return new Measurement(
            none,
            nanos,
            receivedNanos,
            null,
            bad ? Quality.BAD : Quality.UNCERTAIN,
            status == null || status.isEmpty() ? NO_VALUE : status);
      }
      TypedValueReader.Typed value = settings.reader.read(node);
      return new Measurement(
          owner.point(tagName, value.type(), unit),
          nanos,
          receivedNanos,
          value.value(),
          quality,
          status);
    }

    private String unit(JsonScope scope) throws PayloadException {
      JsonNode node = find(scope, settings.unitPointer.orElse(null));
      if (node == null || !node.isValueNode() || node.asText().isBlank()) {
        return settings.unit.orElse(null);
      }
      return checked("unit", node.asText());
    }

    private static JsonNode find(JsonScope scope, JsonPointer pointer) {
      return pointer == null ? null : scope.find(pointer);
    }

    private String name(String what, FieldSource field, JsonScope scope) throws PayloadException {
      JsonPointer pointer = ((FieldSource.OfPayload) field).pointer();
      JsonNode node = scope.find(pointer);
      if (node == null || !node.isValueNode()) {
        throw missing(what, pointer);
      }
      return checked(what, node.asText());
    }

    private static String checked(String what, String name) throws PayloadException {
      if (name.isBlank() || name.length() > MAX_NAME) {
        throw new PayloadException(
            "the "
                + what
                + " in the payload "
                + (name.isBlank()
                    ? "is empty"
                    : "has "
                        + name.length()
                        + " characters, at most "
                        + MAX_NAME
                        + " are allowed"));
      }
      return name;
    }
  }
}
