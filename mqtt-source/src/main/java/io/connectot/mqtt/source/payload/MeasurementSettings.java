// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.MappingConfig;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordLayout;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.LineException;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.Optional;

/** How measurements of one subscription are located in payloads. Immutable. */
final class MeasurementSettings {
  /** The layout of the records. */
  final MappingSettings mapping;

  /** The brokers, for headers. */
  final String endpoint;

  final MessageHeaders headers;

  /** Array of samples. */
  final Optional<JsonPointer> samples;

  /** Object of values named after their tags. */
  final Optional<JsonPointer> values;

  /** The value in the payload, its sample, or its member of {@link #values}. */
  final JsonPointer value;

  final TypedValueReader reader;

  /** Empty for the receive time. */
  final Optional<JsonPointer> time;

  final TimeReader timeReader;
  final FieldSource device;

  /** Not used with {@link #values}. */
  final FieldSource tag;

  /** Empty for GOOD. */
  final Optional<JsonPointer> quality;

  final QualityReader qualityReader;
  final Optional<JsonPointer> unitPointer;

  /** The unit if the payload has none. */
  final Optional<String> unit;

  /** Which values become records. */
  final ReportPolicy report;

  /**
   * Reads the settings of a line.
   *
   * @throws LineException when they cannot work
   */
  MeasurementSettings(
      SubscriptionLine line, LineSettings settings, Configuration config, String endpoint)
      throws LineException {
    this.endpoint = endpoint;
    this.headers = MessageHeaders.of(config, endpoint);
    this.samples = MeasurementConfig.get(settings, MeasurementConfig.SAMPLES);
    this.values = MeasurementConfig.get(settings, MeasurementConfig.VALUES);
    this.value = MeasurementConfig.get(settings, MeasurementConfig.VALUE).orElse(FieldSource.WHOLE);
    RecordLayout layout = config.get(MappingConfig.RECORD_LAYOUT);
    Optional<ValueType> type = MeasurementConfig.get(settings, MeasurementConfig.TYPE);
    this.reader = new TypedValueReader(type, layout == RecordLayout.VALUE);
    this.time = MeasurementConfig.get(settings, MeasurementConfig.TIME);
    this.timeReader =
        new TimeReader(
            MeasurementConfig.get(settings, MeasurementConfig.TIME_FORMAT),
            MeasurementConfig.get(settings, MeasurementConfig.TIME_ZONE));
    if (values.isPresent() && settings.hasOwn("tag")) {
      throw new LineException("'values' names the tags already; remove 'tag' or 'values'");
    }
    this.tag = field(line, settings, MeasurementConfig.TAG, "${topic[-1]}");
    boolean topicNamesTag = values.isEmpty() && tag instanceof FieldSource.OfTopic;
    this.device =
        field(
            line,
            settings,
            MeasurementConfig.DEVICE,
            topicNamesTag ? "${topic[-2]}" : "${topic[-1]}");
    this.quality = MeasurementConfig.get(settings, MeasurementConfig.QUALITY);
    this.qualityReader = MeasurementConfig.get(settings, MeasurementConfig.QUALITY_MAP);
    Optional<String> unitText = MeasurementConfig.get(settings, MeasurementConfig.UNIT);
    boolean unitInPayload = unitText.isPresent() && unitText.get().startsWith("/");
    this.unitPointer =
        unitInPayload ? Optional.of(FieldSource.pointer(unitText.get())) : Optional.empty();
    this.unit = unitInPayload ? Optional.empty() : unitText;
    this.report = settings.report(type.orElse(ValueType.FLOAT64));
    this.mapping = mapping(line, settings, config, layout);
  }

  private static MappingSettings mapping(
      SubscriptionLine line, LineSettings settings, Configuration config, RecordLayout layout)
      throws LineException {
    return new MappingSettings(
        // ROW is refused for the whole connector.
        layout == RecordLayout.ROW ? RecordLayout.MEASUREMENT : layout,
        settings.get("key", MappingConfig.RECORD_KEY),
        line.topicTemplate(settings.get("topic", MappingConfig.TOPIC), TopicVocabulary.MEASUREMENT),
        MappingConfig.origin(config, MessageHeaders.MQTT),
        MappingConfig.form(config));
  }

  private static FieldSource field(
      SubscriptionLine line,
      LineSettings settings,
      Key<Optional<String>> key,
      String defaultTemplate)
      throws LineException {
    Optional<String> text = MeasurementConfig.get(settings, key);
    try {
      return text.isPresent() && text.get().startsWith("/")
          ? new FieldSource.OfPayload(FieldSource.pointer(text.get()))
          : new FieldSource.OfTopic(
              line.template(text.orElse(defaultTemplate), TopicVocabulary.TOPIC));
    } catch (LineException e) {
      throw new LineException(
          key.name().substring(key.name().lastIndexOf('.') + 1) + ": " + e.getMessage());
    }
  }

  /** Whether a payload may be a bare value that is not JSON, such as ON. */
  boolean allowsBareText() {
    return samples.isEmpty()
        && values.isEmpty()
        && value.matches()
        && time.isEmpty()
        && quality.isEmpty()
        && unitPointer.isEmpty()
        && device instanceof FieldSource.OfTopic
        && tag instanceof FieldSource.OfTopic;
  }
}
