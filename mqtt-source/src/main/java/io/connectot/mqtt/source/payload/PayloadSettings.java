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
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How the payloads of one subscription are read. Immutable.
 *
 * @param formats makes the format of a mapper
 */
public record PayloadSettings(Compression compression, Supplier<PayloadFormat> formats) {

  /** The options that are read here. */
  public static final List<String> OPTIONS = List.of("format", "topic", "key", "compression");

  /**
   * Reads the settings of a subscription.
   *
   * @param endpoint the brokers, for headers
   * @throws LineException when they cannot work
   */
  public static PayloadSettings parse(SubscriptionLine line, LineSettings settings, String endpoint)
      throws LineException {
    Compression compression =
        settings.choice("compression", PayloadConfig.COMPRESSION, Compression.class);
    Format format = settings.choice("format", PayloadConfig.FORMAT, Format.class);
    Template topic =
        line.topicTemplate(
            settings.text("topic", MappingConfig.TOPIC).orElse(""), TopicVocabulary.TOPIC);
    KeyRule key = key(line, settings, format);
    return new PayloadSettings(
        compression, () -> new PassThroughFormat(reader(format), topic, key, endpoint));
  }

  private static PayloadReader reader(Format format) {
    return switch (format) {
      case BYTES -> PayloadReader.BYTES;
      case STRING -> PayloadReader.STRING;
      case JSON -> new JsonReader();
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
