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
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * How the payloads of one subscription are read. Immutable.
 *
 * @param formats makes the format of a mapper
 */
public record PayloadSettings(Compression compression, Supplier<PayloadFormat> formats) {

  private static final List<String> COMMON = List.of("format", "topic", "key", "compression");

  /** The options that are read here. */
  public static List<String> options() {
    List<String> options = new ArrayList<>(COMMON);
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
      MeasurementSettings measurement = MeasurementConfig.parse(line, settings, config, endpoint);
      return new PayloadSettings(compression, () -> new MeasurementFormat(measurement));
    }
    for (String option : MeasurementConfig.OPTIONS) {
      if (settings.hasOwn(option)) {
        throw new LineException(
            "option '" + option + "' needs format=measurement; add that, or remove the option");
      }
    }
    Template topic = topic(line, settings);
    KeyRule key = key(line, settings, format);
    return new PayloadSettings(
        compression, () -> new PassThroughFormat(reader(format), topic, key, endpoint));
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
        Compression.NONE, () -> new PassThroughFormat(PayloadReader.BYTES, topic, key, endpoint));
  }

  private static Template topic(SubscriptionLine line, LineSettings settings) throws LineException {
    return line.topicTemplate(
        settings.text("topic", MappingConfig.TOPIC).orElse(""), TopicVocabulary.TOPIC);
  }

  private static PayloadReader reader(Format format) {
    return switch (format) {
      case BYTES -> PayloadReader.BYTES;
      case STRING -> PayloadReader.STRING;
      case JSON -> new JsonReader();
      case MEASUREMENT -> throw new IllegalArgumentException(format.name());
    };
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
