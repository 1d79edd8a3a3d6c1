// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.discovery;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A way to read something, and the value that it gives.
 *
 * @param label what distinguishes it from other ways, e.g. {@code float32 CDAB}; empty if there is
 *     no other
 * @param address the first word of the line
 * @param type the second word of the line; empty for none
 * @param options the options of the line, in their order
 * @param value the value as text; empty if there is none
 * @param quality of the value
 * @param status why the quality is not good; empty if it is
 */
public record TagReading(
    String label,
    String address,
    String type,
    Map<String, String> options,
    String value,
    Quality quality,
    String status) {
  private static final int MAX_TEXT = 200;

  public TagReading {
    options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
    value = brief(value);
    status = status == null ? "" : brief(status);
  }

  /** A value of good quality. */
  public static TagReading good(
      String address, String type, Map<String, String> options, Value value) {
    return new TagReading("", address, type, options, text(value), Quality.GOOD, "");
  }

  /** The line of a configuration: address, type and options. */
  public String line() {
    StringBuilder line = new StringBuilder(word(address));
    if (!type.isEmpty()) {
      line.append(' ').append(type);
    }
    options.forEach((key, text) -> line.append(' ').append(key).append('=').append(word(text)));
    return line.toString();
  }

  private static String word(String text) {
    boolean plain =
        text.chars().noneMatch(c -> c == '"' || Character.isWhitespace(c)) && !text.isEmpty();
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** A value as people read it; empty for null. */
  public static String text(Value value) {
    if (value == null || value instanceof Value.NullValue) {
      return "";
    } else if (value instanceof Value.BooleanValue one) {
      return Boolean.toString(one.value());
    } else if (value instanceof Value.LongValue one) {
      return Long.toString(one.value());
    } else if (value instanceof Value.BigValue one) {
      return one.value().toString();
    } else if (value instanceof Value.DoubleValue one) {
      return Double.toString(one.value());
    } else if (value instanceof Value.TextValue one) {
      return one.value();
    } else if (value instanceof Value.BytesValue one) {
      return java.util.HexFormat.of()
          .formatHex(one.value(), 0, Math.min(MAX_TEXT, one.value().length));
    } else if (value instanceof Value.InstantValue one) {
      return one.value().toString();
    } else if (value instanceof Value.EnumValue one) {
      return one.label() + " (" + one.value() + ")";
    } else if (value instanceof Value.ArrayValue one) {
      return one.elements().stream().limit(MAX_TEXT).map(TagReading::text).toList().toString();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    ((Value.StructValue) value).fields().forEach((name, field) -> fields.put(name, text(field)));
    return fields.toString();
  }

  private static String brief(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
