// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.sink.UnwritableRecordException;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A setting that may differ from record to record: a fixed value, or a template over the record.
 * Immutable.
 *
 * @param <T> what it is
 */
public final class RecordSetting<T> {
  private final String key;
  private final RecordTemplate template;
  private final Reader<T> reader;
  private final T otherwise;

  /** Set for a fixed value. */
  private final Optional<T> fixed;

  /** Reads a value. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * @throws IllegalArgumentException saying what is allowed
     */
    T read(String text);
  }

  private RecordSetting(
      String key, RecordTemplate template, Reader<T> reader, T otherwise, Optional<T> fixed) {
    this.key = key;
    this.template = template;
    this.reader = reader;
    this.otherwise = otherwise;
    this.fixed = fixed;
  }

  /**
   * Compiles a setting.
   *
   * @param key the configuration key it comes from
   * @param text a value or a template; blank for {@code otherwise}
   * @param otherwise for records that lack a variable of the template
   * @throws IllegalArgumentException saying what is wrong and what to write
   */
  public static <T> RecordSetting<T> compile(
      String key, String text, Reader<T> reader, T otherwise) {
    if (text.isBlank()) {
      return new RecordSetting<>(
          key, RecordTemplate.compile(""), reader, otherwise, Optional.of(otherwise));
    }
    RecordTemplate template = RecordTemplate.compile(text.trim());
    return new RecordSetting<>(
        key,
        template,
        reader,
        otherwise,
        template.isConstant() ? Optional.of(reader.read(text.trim())) : Optional.empty());
  }

  /** The value for every record; empty when it is a template. */
  public Optional<T> fixed() {
    return fixed;
  }

  /**
   * The value for a record.
   *
   * @throws UnwritableRecordException when the record says something that is not allowed
   */
  T of(SinkRecord record) {
    if (fixed.isPresent()) {
      return fixed.get();
    }
    Optional<String> text = template.renderIfComplete(record);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return reader.read(text.get().trim());
    } catch (IllegalArgumentException e) {
      throw new UnwritableRecordException(
          key + "=" + template + " is '" + text.get() + "' here: " + e.getMessage());
    }
  }
}
