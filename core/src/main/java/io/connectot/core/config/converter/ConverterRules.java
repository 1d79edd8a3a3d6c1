// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.converter;

import io.connectot.core.config.ConfigError;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.DeliveryConfig;
import io.connectot.core.mapping.record.RecordLimit;
import io.connectot.core.mapping.record.RecordSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what a connector makes with what the converters that it names can carry. The converters
 * of the worker are not known to a connector; tasks check them at the first records.
 *
 * <p>For one thread.
 */
public final class ConverterRules {
  public static final String KEY_CONVERTER = "key.converter";
  public static final String VALUE_CONVERTER = "value.converter";
  public static final String HEADER_CONVERTER = "header.converter";

  private static final String TRANSFORMS = "transforms";

  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final String STRING = "org.apache.kafka.connect.storage.StringConverter";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private final Configuration config;

  /** The first source of each content. */
  private final Map<RecordContent, String> values = new EnumMap<>(RecordContent.class);

  public ConverterRules(Configuration config) {
    this.config = config;
  }

  /**
   * Adds what the connector makes.
   *
   * @param source what makes it, for messages, e.g. {@code status.topic}
   */
  public ConverterRules makes(RecordContent content, String source) {
    values.putIfAbsent(content, source);
    return this;
  }

  /** The converter of values that the connector names; empty for that of the worker. */
  public static Optional<ConverterClass> valueConverter(Configuration config) {
    return named(config, VALUE_CONVERTER);
  }

  /** The most that records may take, as the converter writes them that the connector names. */
  public static RecordLimit limit(Configuration config) {
    Optional<ConverterClass> converter = valueConverter(config);
    return new RecordLimit(
        config.get(DeliveryConfig.RECORD_MAX_BYTES),
        new RecordSize(
            converter.map(ConverterClass::isBytesOnly).orElse(false),
            converter.map(ConverterClass::isPlainText).orElse(false)));
  }

  /** Whether transformations may change records before they are converted. */
  public static boolean transforms(Configuration config) {
    return named(config, TRANSFORMS).isPresent();
  }

  private static Optional<ConverterClass> named(Configuration config, String key) {
    return Optional.ofNullable(config.kafka().originals().get(key))
        .map(Object::toString)
        .filter(name -> !name.isBlank())
        .map(ConverterClass::new);
  }

  /**
   * The errors, each on the key of a converter. None with transformations, which may make anything
   * of a record before it is converted.
   */
  public List<ConfigError> errors() {
    List<ConfigError> errors = new ArrayList<>();
    if (transforms(config)) {
      return errors;
    }
    valueConverter(config).ifPresent(converter -> checkValues(converter, errors));
    named(config, KEY_CONVERTER)
        .filter(converter -> !converter.carries(RecordContent.TEXT))
        .ifPresent(
            converter ->
                errors.add(
                    new ConfigError(
                        KEY_CONVERTER,
                        converter
                            + " does not carry text, which the keys of this connector are; set it"
                            + " to "
                            + STRING)));
    named(config, HEADER_CONVERTER)
        .filter(converter -> !converter.carries(RecordContent.TEXT))
        .ifPresent(
            converter ->
                errors.add(
                    new ConfigError(
                        HEADER_CONVERTER,
                        converter
                            + " does not carry text, which headers of this connector are; remove"
                            + " this key, or set it to"
                            + " org.apache.kafka.connect.storage.SimpleHeaderConverter")));
    return errors;
  }

  private void checkValues(ConverterClass converter, List<ConfigError> errors) {
    values.forEach(
        (content, source) -> {
          if (!converter.carries(content)) {
            errors.add(
                new ConfigError(
                    VALUE_CONVERTER,
                    converter
                        + " does not carry "
                        + content
                        + ", which "
                        + source
                        + " makes, and "
                        + converter.consequence()
                        + "; "
                        + remedy(content)));
          }
        });
  }

  private String remedy(RecordContent content) {
    boolean mixed = values.size() > 1;
    return switch (content) {
      case BYTES -> "set it to " + (mixed ? JSON : BYTES + " or " + JSON);
      case TEXT -> "set it to " + (mixed ? JSON : STRING + " or " + JSON);
      case SCHEMALESS -> "set it to " + JSON + ", or pass the documents through as text or bytes";
      default -> "set it to " + JSON + ", or to a converter for Avro";
    };
  }
}
