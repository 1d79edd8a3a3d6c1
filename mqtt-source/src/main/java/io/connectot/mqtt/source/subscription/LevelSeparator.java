// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Variables;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.spi.line.LineException;
import java.util.Set;

/**
 * What stands for the slashes of values in Kafka topics: {@code mqtt.topic.separator}. Immutable.
 *
 * @param text one of the characters that a Kafka topic can hold
 */
public record LevelSeparator(String text) {
  /** Prefix of the variables of records whose slashes are replaced. */
  private static final String RECORD = "record.";

  private static final Set<String> OF_RECORDS = Set.of("device", "tag", "path");

  /** What Kafka's rules make of a slash anyway. */
  private static final String DEFAULT = "_";

  /**
   * Parses a separator.
   *
   * @throws LineException when a Kafka topic cannot hold it
   */
  public static LevelSeparator parse(String text) throws LineException {
    if (text.equals(".") || text.equals("-") || text.equals(DEFAULT)) {
      return new LevelSeparator(text);
    }
    throw new LineException("must be one of . _ -");
  }

  /** The values with their slashes replaced. */
  public Variables of(Variables variables) {
    return text.equals(DEFAULT)
        ? variables
        : name -> {
          String value = variables.value(name);
          return value == null ? null : value.replace("/", text);
        };
  }

  /**
   * A template whose variables for device, tag and path are those of {@link #ofRecord}, which
   * replace slashes; the template itself if slashes need no replacement.
   */
  public NameTemplate ofRecords(NameTemplate template) {
    if (text.equals(DEFAULT)) {
      return template;
    }
    String own = template.toString();
    for (String name : OF_RECORDS) {
      own = own.replace("${" + name + "}", "${" + RECORD + name + "}");
    }
    return NameTemplate.compile(own, new Vocabulary(Set.of(), name -> true));
  }

  /**
   * The variables of a record.
   *
   * @param tag null for those of a device
   */
  public Variables ofRecord(String device, String tag, String path) {
    return of(
        name ->
            switch (name) {
              case RECORD + "device" -> device;
              case RECORD + "tag" -> tag;
              case RECORD + "path" -> tag == null ? null : path;
              default -> null;
            });
  }
}
