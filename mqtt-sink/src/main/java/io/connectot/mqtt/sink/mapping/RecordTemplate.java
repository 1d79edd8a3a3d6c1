// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.mapping;

import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.sink.UnwritableRecordException;
import io.connectot.core.spi.line.LineException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** A template with variables of a Kafka record, such as {@code plant/${key}}. Immutable. */
public final class RecordTemplate {
  private static final String TOPIC = "topic";
  private static final String FIELD = "field.";
  private static final String KEY = "key.";
  private static final String HEADER = "header.";

  /** The variables, as error messages list them. */
  private static final Vocabulary VOCABULARY =
      Vocabulary.of(TOPIC, "partition", "offset", "key")
          .plus(
              new LinkedHashSet<>(List.of("field.<path>", "key.<path>", "header.<name>")),
              Pattern.compile("(?s)(field|key|header)\\..+").asMatchPredicate());

  private final NameTemplate template;
  private final Map<String, Source> sources;

  /** Reads a variable's value from a record; null if the record has none. */
  @FunctionalInterface
  private interface Source {
    String text(SinkRecord record);
  }

  private RecordTemplate(NameTemplate template, Map<String, Source> sources) {
    this.template = template;
    this.sources = Map.copyOf(sources);
  }

  /**
   * Parses a template.
   *
   * @throws LineException if it is malformed or uses an unknown variable, with the remedy
   */
  public static RecordTemplate parse(String text) throws LineException {
    try {
      NameTemplate template = NameTemplate.compile(text, VOCABULARY);
      Map<String, Source> sources = new HashMap<>();
      for (String variable : template.variables()) {
        sources.put(variable, source(variable));
      }
      return new RecordTemplate(template, sources);
    } catch (IllegalArgumentException e) {
      throw new LineException(e.getMessage());
    }
  }

  private static Source source(String variable) throws LineException {
    if (variable.startsWith(FIELD)) {
      FieldPath path = FieldPath.parse(variable.substring(FIELD.length()));
      return record -> text(path, record.valueSchema(), record.value());
    }
    if (variable.startsWith(KEY)) {
      FieldPath path = FieldPath.parse(variable.substring(KEY.length()));
      return record -> text(path, record.keySchema(), record.key());
    }
    if (variable.startsWith(HEADER)) {
      String name = variable.substring(HEADER.length());
      return record ->
          Optional.ofNullable(record.headers().lastWithName(name))
              .filter(header -> header.value() != null)
              .map(header -> ConnectText.of(header.schema(), header.value()))
              .orElse(null);
    }
    return switch (variable) {
      case TOPIC -> SinkRecord::topic;
      case "partition" -> record -> String.valueOf(record.kafkaPartition());
      case "offset" -> record -> String.valueOf(record.kafkaOffset());
      default ->
          record -> record.key() == null ? null : ConnectText.of(record.keySchema(), record.key());
    };
  }

  private static String text(FieldPath path, Schema schema, Object root) {
    return path.find(schema, root)
        .filter(found -> found.value() != null)
        .map(found -> ConnectText.of(found.schema(), found.value()))
        .orElse(null);
  }

  /** The template with slashes instead of a separator in the name of the Kafka topic. */
  RecordTemplate separatingTopics(String separator) {
    Map<String, Source> separating = new HashMap<>(sources);
    separating.computeIfPresent(
        TOPIC, (name, source) -> record -> record.topic().replace(separator, "/"));
    return new RecordTemplate(template, separating);
  }

  /** Whether it has no variables. */
  public boolean isConstant() {
    return sources.isEmpty();
  }

  /**
   * The text for a record.
   *
   * @throws UnwritableRecordException naming a variable that has no value
   */
  public String render(SinkRecord record) {
    try {
      return template.render(name -> sources.get(name).text(record));
    } catch (IllegalArgumentException e) {
      throw new UnwritableRecordException(e.getMessage());
    }
  }

  /** The text for a record; empty if a variable has no value. */
  Optional<String> renderIfComplete(SinkRecord record) {
    Map<String, String> values = new HashMap<>();
    sources.forEach((name, source) -> values.put(name, source.text(record)));
    return values.containsValue(null)
        ? Optional.empty()
        : Optional.of(template.render(values::get));
  }

  /** The text with {@code placeholder} for every variable, to check the text around them. */
  public String renderWith(String placeholder) {
    return template.render(name -> placeholder);
  }

  /** The template as written. */
  @Override
  public String toString() {
    return template.toString();
  }
}
