// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.converter;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A converter as a configuration names it: by class, or by the alias that a worker derives from it.
 * Converters that are not known are assumed to carry everything. Immutable.
 */
public final class ConverterClass {
  private static final String KAFKA = "org.apache.kafka.connect.";
  private static final String SUFFIX = "Converter";

  private static final Set<RecordContent> SCALARS = EnumSet.of(RecordContent.SCALAR);

  /** Kafka's own, by simple name without suffix. */
  private static final Map<String, Set<RecordContent>> KAFKAS =
      Map.of(
          "String", EnumSet.of(RecordContent.TEXT, RecordContent.SCALAR),
          "ByteArray", EnumSet.of(RecordContent.BYTES),
          "Double", SCALARS,
          "Float", SCALARS,
          "Long", SCALARS,
          "Integer", SCALARS,
          "Short", SCALARS,
          "Boolean", SCALARS);

  private final String name;

  /**
   * @param name as written in a configuration
   */
  public ConverterClass(String name) {
    this.name = name.trim();
  }

  /** Whether values of a kind arrive as what they are. */
  public boolean carries(RecordContent content) {
    return carried().contains(content);
  }

  /** Whether it writes bytes as they are, and nothing else. */
  public boolean isBytesOnly() {
    return carried().equals(EnumSet.of(RecordContent.BYTES));
  }

  /** Whether it writes text as it is. */
  boolean isPlainText() {
    return isKafkas() && baseName().equals("String");
  }

  /** What becomes of values that it does not carry. */
  String consequence() {
    return isPlainText()
        ? "writes the result of Java's toString() instead"
        : "cannot convert them, so that the task fails at the first record";
  }

  private Set<RecordContent> carried() {
    if (isKafkas()) {
      return KAFKAS.getOrDefault(baseName(), EnumSet.allOf(RecordContent.class));
    }
    return baseName().equals("Protobuf")
        ? EnumSet.of(RecordContent.STRUCT)
        : EnumSet.allOf(RecordContent.class);
  }

  private boolean isKafkas() {
    return name.startsWith(KAFKA) || name.indexOf('.') < 0;
  }

  private String baseName() {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return simple.endsWith(SUFFIX)
        ? simple.substring(0, simple.length() - SUFFIX.length())
        : simple;
  }

  /** The name as configured. */
  @Override
  public String toString() {
    return name;
  }
}
