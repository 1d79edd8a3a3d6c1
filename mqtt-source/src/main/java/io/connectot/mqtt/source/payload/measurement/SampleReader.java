// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.model.Quality;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.Utf8;
import io.connectot.mqtt.source.payload.select.JsonScope;
import io.connectot.mqtt.source.payload.select.Pointers;
import io.connectot.mqtt.source.subscription.TopicVariables;
import java.util.Map;

/** Reads what the values of a sample have in common: device, time, quality and unit. */
final class SampleReader {
  private final MeasurementSettings settings;
  private final TagRegistry registry;
  private final MeasurementBatch.TopicNames topic;
  private final long receivedNanos;

  SampleReader(
      MeasurementSettings settings,
      TagRegistry registry,
      MeasurementBatch.TopicNames topic,
      long receivedNanos) {
    this.settings = settings;
    this.registry = registry;
    this.topic = topic;
    this.receivedNanos = receivedNanos;
  }

  /**
   * The common parts of a sample.
   *
   * @throws PayloadException when it cannot become records
   */
  Sample of(JsonScope scope) throws PayloadException {
    TopicVariables variables = topic.variables();
    Map<String, String> fields = settings.topicFields.values("topic", scope);
    String name = topic.device() == null ? settings.device.of(variables, scope) : topic.device();
    TagRegistry.Entry device = registry.device(variables, name, fields);
    String prefix = topic.prefix() == null ? settings.prefix.of(variables, scope) : topic.prefix();
    JsonNode qualityNode = find(settings.quality, scope);
    Quality quality = qualityNode == null ? Quality.GOOD : settings.qualityReader.read(qualityNode);
    String status = quality == Quality.GOOD ? null : text(qualityNode);
    long nanos = receivedNanos;
    JsonNode timeNode = settings.time == null ? null : settings.time.find(variables, scope);
    if (timeNode != null) {
      try {
        nanos = settings.timeReader.nanos(timeNode);
      } catch (PayloadException e) {
        if (settings.onError != ErrorPolicy.STATUS) {
          throw e;
        }
        if (quality != Quality.BAD) {
          quality = Quality.UNCERTAIN;
          status = "BAD_TIME: " + Excerpt.shorten(timeNode.toString()) + " is not a time";
        }
      }
    }
    return new Sample(scope, device, prefix, nanos, quality, status, unit(scope));
  }

  private static String text(JsonNode quality) {
    String text = Excerpt.shorten(quality.isValueNode() ? quality.asText() : quality.toString());
    return text.isEmpty() ? null : text;
  }

  private static JsonNode find(Pointers pointers, JsonScope scope) {
    return pointers == null ? null : pointers.find(scope);
  }

  /** The unit in the payload; null for none. */
  private String unit(JsonScope scope) {
    JsonNode node = find(settings.unit, scope);
    return node == null
            || !node.isValueNode()
            || node.asText().isBlank()
            || node.asText().length() > NameSource.MAX_LENGTH
            || Utf8.isDamaged(node.asText())
        ? null
        : node.asText();
  }
}
