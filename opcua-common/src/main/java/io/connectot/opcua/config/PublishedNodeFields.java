// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.spi.line.LineException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a {@code publishednodes.json} that are intervals, and those that are refused. */
final class PublishedNodeFields {
  /** A .NET TimeSpan: {@code [d.]hh:mm:ss[.fffffff]}. */
  private static final Pattern TIMESPAN =
      Pattern.compile("(?:(\\d{1,8})\\.)?(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,7}))?");

  /** Fields of a node that would give something else than the node's value, and the remedy. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "BrowsePath", "give the node's own id",
          "EventFilter", "configure events with opcua.events.*",
          "ConditionHandling", "configure events with opcua.events.*",
          "MethodMetadata", "remove the entry",
          "ModelChangeHandling", "set opcua.browse.model.change.events");

  /** Fields of an entry that the connector cannot follow, and the remedy. */
  private static final Map<String, String> REFUSED_OF_ENTRIES =
      Map.of(
          "EncryptedAuthUsername", "set opcua.auth.username",
          "EncryptedAuthPassword", "set opcua.auth.password",
          "UseReverseConnect", "let the connector connect to the server");

  private PublishedNodeFields() {}

  /**
   * Refuses fields of a node that cannot be followed.
   *
   * @throws LineException naming one
   */
  static void check(String where, JsonNode node) throws LineException {
    for (Map.Entry<String, String> field : REFUSED.entrySet()) {
      if (node.hasNonNull(field.getKey())) {
        throw new LineException(
            where + ": " + field.getKey() + " is not read from this file; " + field.getValue());
      }
    }
    JsonNode attribute = node.get("AttributeId");
    if (attribute != null
        && !attribute.isNull()
        && !List.of("value", "13").contains(attribute.asText().toLowerCase(Locale.ROOT))) {
      throw new LineException(
          where
              + ": AttributeId is "
              + attribute.asText()
              + ", but only Value is read; remove the node. Descriptions and units come with the"
              + " value as attributes");
    }
  }

  /**
   * Refuses fields of an entry that cannot be followed.
   *
   * @throws LineException naming one
   */
  static void checkEntry(String where, JsonNode entry) throws LineException {
    for (Map.Entry<String, String> field : REFUSED_OF_ENTRIES.entrySet()) {
      JsonNode value = entry.get(field.getKey());
      if (value != null && !value.isNull() && !(value.isBoolean() && !value.asBoolean())) {
        throw new LineException(
            where + ": " + field.getKey() + " is not read from this file; " + field.getValue());
      }
    }
  }

  /**
   * An interval: the field {@code <name>Timespan} if there is one, else the number of the field.
   *
   * @param unit of the number
   * @throws LineException if it is none
   */
  static Optional<Duration> interval(JsonNode node, String name, ChronoUnit unit)
      throws LineException {
    JsonNode timespan = node.get(name + "Timespan");
    if (timespan != null && !timespan.isNull()) {
      return Optional.of(timespan(name + "Timespan", timespan.asText().trim()));
    }
    JsonNode number = node.get(name);
    if (number == null || number.isNull()) {
      return Optional.empty();
    }
    if (!number.canConvertToInt() || number.intValue() < 0) {
      throw new LineException(name + " must be a whole number of at least 0");
    }
    return Optional.of(Duration.of(number.intValue(), unit));
  }

  private static Duration timespan(String name, String text) throws LineException {
    Matcher parts = TIMESPAN.matcher(text);
    if (!parts.matches()) {
      throw new LineException(
          name + " is '" + text + "', but must be a time span such as 00:00:10 or 00:00:00.500");
    }
    long days = parts.group(1) == null ? 0 : Long.parseLong(parts.group(1));
    String fraction = parts.group(5) == null ? "" : parts.group(5);
    return Duration.ofDays(days)
        .plusHours(Long.parseLong(parts.group(2)))
        .plusMinutes(Long.parseLong(parts.group(3)))
        .plusSeconds(Long.parseLong(parts.group(4)))
        .plusNanos(100 * Long.parseLong((fraction + "0000000").substring(0, 7)));
  }
}
