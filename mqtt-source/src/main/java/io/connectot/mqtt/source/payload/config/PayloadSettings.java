// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.converter.ConverterRules;
import io.connectot.core.config.converter.RecordContent;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.TopicCollisions;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.mqtt.source.payload.Compression;
import io.connectot.mqtt.source.payload.Format;
import io.connectot.mqtt.source.payload.LineSettings;
import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.source.payload.PayloadFormat;
import io.connectot.mqtt.source.payload.measurement.MeasurementConfig;
import io.connectot.mqtt.source.payload.measurement.MeasurementFormat;
import io.connectot.mqtt.source.payload.measurement.MeasurementSettings;
import io.connectot.mqtt.source.payload.passthrough.JsonReader;
import io.connectot.mqtt.source.payload.passthrough.KeySource;
import io.connectot.mqtt.source.payload.passthrough.PassThroughFormat;
import io.connectot.mqtt.source.payload.passthrough.PassThroughReader;
import io.connectot.mqtt.source.payload.passthrough.SchemaParser;
import io.connectot.mqtt.source.payload.passthrough.SchemaReader;
import io.connectot.mqtt.source.payload.passthrough.SchemaSource;
import io.connectot.mqtt.source.payload.passthrough.TopicSource;
import io.connectot.mqtt.source.payload.select.PayloadVariables;
import io.connectot.mqtt.source.subscription.LevelSeparator;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;

/**
 * How the payloads of one subscription are read. Immutable.
 *
 * @param content what the values of its records are; empty where that depends on the payload
 * @param formats creates the format of a mapper
 */
public record PayloadSettings(
    Compression compression, Optional<RecordContent> content, Supplier<PayloadFormat> formats) {

  /** No records. */
  private static final PayloadSettings DROP =
      new PayloadSettings(
          Compression.NONE,
          Optional.empty(),
          () -> topic -> (message, payload, receivedNanos) -> List.of());

  /** Kafka topics of a line that are compared with each other. */
  private static final int MAX_COMPARED_TOPICS = 10_000;

  private static final List<String> COMMON =
      List.of("format", "topic", "topic.separator", "key", "compression");

  private static final List<String> JSON_OPTIONS = List.of("json.schema", "json.schema.file");

  /** The options that this class reads. */
  public static List<String> options() {
    List<String> options = new ArrayList<>(COMMON);
    options.addAll(JSON_OPTIONS);
    options.addAll(MeasurementConfig.OPTIONS);
    return options;
  }

  /** Whether no message makes a record. */
  public boolean dropsAll() {
    return formats == DROP.formats;
  }

  /**
   * Reads the settings of a subscription.
   *
   * @param endpoint the brokers, for headers
   * @throws LineException when they cannot work
   */
  public static PayloadSettings parse(
      SubscriptionLine line, LineSettings settings, Configuration config, String endpoint)
      throws LineException {
    Compression compression = settings.get("compression", PayloadConfig.COMPRESSION);
    Format format = settings.get("format", PayloadConfig.FORMAT);
    if (format == Format.DROP) {
      return DROP;
    }
    if (format.measures()) {
      refuse(JSON_OPTIONS, "json", settings);
      MeasurementSettings measurement =
          new MeasurementSettings(
              line,
              format,
              settings,
              settings.get("topic.separator", PayloadConfig.TOPIC_SEPARATOR),
              config,
              endpoint);
      return new PayloadSettings(
          compression, measured(config), () -> new MeasurementFormat(measurement));
    }
    refuse(MeasurementConfig.OPTIONS, "measurement or object", settings);
    Readers readers = readers(format, settings);
    MessageHeaders headers = MessageHeaders.of(config, endpoint);
    RecordLimit limit = ConverterRules.limit(config);
    TopicSource topic = topic(line, settings, format);
    KeySource key = key(line, settings, format);
    return new PayloadSettings(
        compression,
        Optional.of(readers.content()),
        () ->
            new PassThroughFormat(
                readers.factories().get(), topic, key, headers, limit, collisions(config)));
  }

  /**
   * Pass-through of bytes, keyed by topic.
   *
   * @throws LineException when the Kafka topic cannot be rendered
   */
  public static PayloadSettings bytes(
      SubscriptionLine line, LineSettings settings, Configuration config, String endpoint)
      throws LineException {
    MessageHeaders headers = MessageHeaders.of(config, endpoint);
    RecordLimit limit = ConverterRules.limit(config);
    TopicSource topic = topic(line, settings, Format.BYTES);
    KeySource key = new KeySource.OfTopic(line.template("${topic}", TopicVocabulary.TOPIC));
    return new PayloadSettings(
        Compression.NONE,
        Optional.of(RecordContent.BYTES),
        () ->
            new PassThroughFormat(
                kafkaTopic -> PassThroughReader.BYTES,
                topic,
                key,
                headers,
                limit,
                collisions(config)));
  }

  private static TopicSource topic(SubscriptionLine line, LineSettings settings, Format format)
      throws LineException {
    String text = TopicVocabulary.asTemplate(settings.get("topic", MappingConfig.TOPIC));
    boolean json = format == Format.JSON;
    if (!json && !line.isUnmatched() && TopicVocabulary.hasPayload(text)) {
      throw new LineException(
          "topic="
              + text
              + ": points into the payload; write format=json or a format of measurements, or a"
              + " template without it");
    }
    NameTemplate template =
        line.topicTemplate(text, json ? TopicVocabulary.FIELD : TopicVocabulary.TOPIC);
    LevelSeparator separator = settings.get("topic.separator", PayloadConfig.TOPIC_SEPARATOR);
    return new TopicSource(
        template, json ? PayloadVariables.of(template) : PayloadVariables.NONE, separator);
  }

  /** Transformations may change topics that collide. */
  private static TopicCollisions collisions(Configuration config) {
    return new TopicCollisions(ConverterRules.transforms(config) ? 0 : MAX_COMPARED_TOPICS);
  }

  /** In the layout {@code value} measurements are what their payloads are. */
  private static Optional<RecordContent> measured(Configuration config) {
    return config.get(MappingConfig.RECORD_LAYOUT) == RecordLayout.VALUE
        ? Optional.empty()
        : Optional.of(RecordContent.STRUCT);
  }

  /**
   * How pass-through payloads are read.
   *
   * @param factories creates, for one mapper, the factory of the readers of Kafka topics
   */
  private record Readers(
      RecordContent content, Supplier<Function<String, PassThroughReader>> factories) {
    static Readers same(RecordContent content, PassThroughReader reader) {
      return new Readers(content, () -> topic -> reader);
    }
  }

  private static Readers readers(Format format, LineSettings settings) throws LineException {
    if (format != Format.JSON) {
      refuse(JSON_OPTIONS, "json", settings);
      return format == Format.STRING
          ? Readers.same(RecordContent.TEXT, PassThroughReader.STRING)
          : Readers.same(RecordContent.BYTES, PassThroughReader.BYTES);
    }
    SchemaSource source = settings.get("json.schema", PayloadConfig.JSON_SCHEMA);
    if (source == SchemaSource.GIVEN) {
      Schema schema = givenSchema(settings);
      return new Readers(RecordContent.STRUCT, () -> topic -> SchemaReader.of(schema));
    }
    if (settings.hasOwn("json.schema.file")) {
      throw new LineException(
          "json.schema.file has no effect without json.schema=given; add that, or remove it");
    }
    return source == SchemaSource.NONE
        ? Readers.same(RecordContent.SCHEMALESS, new JsonReader())
        : new Readers(RecordContent.STRUCT, SchemaReader::inferring);
  }

  private static Schema givenSchema(LineSettings settings) throws LineException {
    Optional<Path> file = settings.get("json.schema.file", PayloadConfig.JSON_SCHEMA_FILE);
    if (file.isPresent()) {
      return SchemaParser.ofFile(file.get());
    }
    Optional<Schema> schema = settings.connectors(PayloadConfig.JSON_SCHEMA_TEXT);
    if (schema.isPresent()) {
      return schema.get();
    }
    throw new LineException(
        "json.schema=given needs a schema; set "
            + PayloadConfig.JSON_SCHEMA_TEXT
            + " or "
            + PayloadConfig.JSON_SCHEMA_FILE
            + ", or write json.schema.file=... on the line");
  }

  private static void refuse(List<String> options, String format, LineSettings settings)
      throws LineException {
    for (String option : options) {
      if (settings.hasOwn(option)) {
        throw new LineException(
            "option '" + option + "' needs format=" + format + "; add that, or remove the option");
      }
    }
  }

  private static KeySource key(SubscriptionLine line, LineSettings settings, Format format)
      throws LineException {
    String text = settings.get("key", PayloadConfig.KEY);
    String asTemplate = TopicVocabulary.asTemplate(text);
    if (TopicVocabulary.hasPayload(asTemplate)) {
      if (format != Format.JSON) {
        throw new LineException(
            "key=" + text + ": points into JSON; write format=json, or a template for the key");
      }
      NameTemplate template = line.template(asTemplate, TopicVocabulary.FIELD);
      return new KeySource.OfPayload(template, PayloadVariables.of(template));
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none" -> new KeySource.None();
      case "topic" -> new KeySource.OfTopic(line.template("${topic}", TopicVocabulary.TOPIC));
      default -> {
        if (!text.contains("${")) {
          throw new LineException(
              "key="
                  + text
                  + ": must be none, topic, a template such as ${topic[1]}, or a JSON Pointer such"
                  + " as /device/id"
                  + Suggestion.of(text, List.of("none", "topic")).didYouMean());
        }
        yield new KeySource.OfTopic(line.template(text, TopicVocabulary.TOPIC));
      }
    };
  }
}
