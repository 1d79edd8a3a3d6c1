// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.config.Key;
import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.core.spi.line.LineException;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A setting that is fixed or differs from record to record. Immutable.
 *
 * @param key the configuration key
 * @param fallback for records without a value for a variable of the template
 * @param fixed the value for every record; empty if the template has variables
 */
public record RecordSetting<T>(
    String key,
    RecordTemplate template,
    T fallback,
    Key.Parser<String, T> parser,
    Optional<T> fixed) {

  /**
   * Parses a value or a template; an empty text means {@code fallback}.
   *
   * @throws LineException with the remedy
   */
  static <T> RecordSetting<T> parse(
      String key, String text, T fallback, Key.Parser<String, T> parser) throws LineException {
    RecordTemplate template = RecordTemplate.parse(text);
    Optional<T> fixed = Optional.empty();
    if (template.isConstant()) {
      fixed = Optional.of(text.isEmpty() ? fallback : parser.parse(text));
    }
    return new RecordSetting<>(key, template, fallback, parser, fixed);
  }

  /**
   * The value for a record.
   *
   * @throws UnwritableRecordException if the record's value is not allowed
   */
  T of(SinkRecord record) {
    if (fixed.isPresent()) {
      return fixed.get();
    }
    Optional<String> text = template.renderIfComplete(record);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      return parser.parse(text.get().trim());
    } catch (LineException e) {
      throw new UnwritableRecordException(
          key + "=" + template + " is '" + text.get() + "' here: " + e.getMessage());
    }
  }
}
