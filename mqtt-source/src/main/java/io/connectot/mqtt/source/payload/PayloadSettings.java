// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import io.connectot.core.config.MappingConfig;
import io.connectot.core.mapping.Template;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.Suggestion;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.data.Schema;

/**
 * How the payloads of one subscription are read. Immutable.
 *
 * @param formats makes the format of a mapper
 */
public record PayloadSettings(Compression compression, Supplier<PayloadFormat> formats) {

  private static final List<String> COMMON = List.of("format", "topic", "key", "compression");

  private static final List<String> JSON_OPTIONS = List.of("json.schema", "json.schema.file");

  /** The options that are read here. */
  public static List<String> options() {
    List<String> options = new ArrayList<>(COMMON);
    options.addAll(JSON_OPTIONS);
    options.addAll(MeasurementConfig.OPTIONS);
    return options;
  }

  /**
   * Reads the settings of a subscription.
   *
   * @param endpoint the brokers, for headers
   * @throws LineException when they cannot work
   */
  public static PayloadSettings parse(
      SubscriptionLine line, LineSettings settings, AbstractConfig config, String endpoint)
      throws LineException {
    Compression compression =
        settings.choice("compression", PayloadConfig.COMPRESSION, Compression.class);
    Format format = settings.choice("format", PayloadConfig.FORMAT, Format.class);
    if (format == Format.MEASUREMENT) {
      refuse(JSON_OPTIONS, "json", settings);
      MeasurementSettings measurement = MeasurementConfig.parse(line, settings, config, endpoint);
      return new PayloadSettings(compression, () -> new MeasurementFormat(measurement));
    }
    refuse(MeasurementConfig.OPTIONS, "measurement", settings);
    Supplier<Function<String, PayloadReader>> readers = readers(format, settings);
    Template topic = topic(line, settings);
    KeyRule key = key(line, settings, format);
    return new PayloadSettings(
        compression, () -> new PassThroughFormat(readers.get(), topic, key, endpoint));
  }

  /**
   * Passes payloads on as they are, keyed by their topics.
   *
   * @throws LineException when the topic cannot be made
   */
  public static PayloadSettings bytes(SubscriptionLine line, LineSettings settings, String endpoint)
      throws LineException {
    Template topic = topic(line, settings);
    KeyRule key = new KeyRule.OfTopic(line.template("${topic}", TopicVocabulary.TOPIC));
    return new PayloadSettings(
        Compression.NONE,
        () -> new PassThroughFormat(kafkaTopic -> PayloadReader.BYTES, topic, key, endpoint));
  }

  private static Template topic(SubscriptionLine line, LineSettings settings) throws LineException {
    return line.topicTemplate(
        settings.text("topic", MappingConfig.TOPIC.name()).orElse(""), TopicVocabulary.TOPIC);
  }

  /** Makes, for one mapper, what makes the reader of a Kafka topic. */
  private static Supplier<Function<String, PayloadReader>> readers(
      Format format, LineSettings settings) throws LineException {
    if (format != Format.JSON) {
      refuse(JSON_OPTIONS, "json", settings);
      return same(format == Format.STRING ? PayloadReader.STRING : PayloadReader.BYTES);
    }
    SchemaSource source =
        settings.choice("json.schema", PayloadConfig.JSON_SCHEMA, SchemaSource.class);
    if (source == SchemaSource.GIVEN) {
      Schema schema = givenSchema(settings);
      return () -> topic -> SchemaReader.of(schema);
    }
    if (settings.hasOwn("json.schema.file")) {
      throw new LineException(
          "json.schema.file has no effect without json.schema=given; add that, or remove it");
    }
    return source == SchemaSource.NONE ? same(new JsonReader()) : SchemaReader::inferring;
  }

  private static Supplier<Function<String, PayloadReader>> same(PayloadReader reader) {
    return () -> topic -> reader;
  }

  private static Schema givenSchema(LineSettings settings) throws LineException {
    Optional<String> file = settings.text("json.schema.file", PayloadConfig.JSON_SCHEMA_FILE);
    if (file.isPresent()) {
      return GivenSchema.ofFile(file.get());
    }
    Optional<String> text = settings.connectors(PayloadConfig.JSON_SCHEMA_TEXT);
    if (text.isPresent()) {
      return GivenSchema.ofText(text.get());
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

  private static KeyRule key(SubscriptionLine line, LineSettings settings, Format format)
      throws LineException {
    String text = settings.text("key", PayloadConfig.KEY).orElse("topic");
    if (text.startsWith("/")) {
      if (format != Format.JSON) {
        throw new LineException(
            "key=" + text + ": points into JSON; write format=json, or a template for the key");
      }
      return new KeyRule.OfPayload(JsonPointer.compile(text));
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none" -> new KeyRule.None();
      case "topic" -> new KeyRule.OfTopic(line.template("${topic}", TopicVocabulary.TOPIC));
      default -> {
        if (!text.contains("${")) {
          throw new LineException(
              "key="
                  + text
                  + ": must be none, topic, a template such as ${topic[1]}, or a JSON Pointer such"
                  + " as /device/id"
                  + Suggestion.of(text, List.of("none", "topic")).didYouMean());
        }
        yield new KeyRule.OfTopic(line.template(text, TopicVocabulary.TOPIC));
      }
    };
  }
}
