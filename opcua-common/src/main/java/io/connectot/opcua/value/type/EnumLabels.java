// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value.type;

import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.EnumValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.opcua.config.ValueSettings.EnumMode;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;

/**
 * What the numbers of an enumeration, or the bits of an option set, stand for (OPC UA Part 3 §8.14,
 * §8.40, §8.52). Immutable.
 */
public final class EnumLabels {
  /** Numbers below this are looked up by position. */
  private static final int DENSE = 256;

  private final Map<Long, String> texts;
  private final boolean bits;
  private final EnumValue[] dense = new EnumValue[DENSE];

  private EnumLabels(Map<Long, String> texts, boolean bits) {
    this.texts = texts;
    this.bits = bits;
    for (int i = 0; i < DENSE && !bits; i++) {
      String text = texts.get((long) i);
      dense[i] = text == null ? null : new EnumValue(i, text);
    }
  }

  /** The numbers of an enumeration. */
  static EnumLabels ofNumbers(EnumDefinition definition) {
    return new EnumLabels(texts(definition), false);
  }

  /** The bits of an option set, which the definition numbers from 0. */
  static EnumLabels ofBits(EnumDefinition definition) {
    return new EnumLabels(texts(definition), true);
  }

  /** The property EnumStrings of a type or of a multi-state variable: labels from 0 on. */
  public static EnumLabels ofStrings(LocalizedText[] strings) {
    Map<Long, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < strings.length; i++) {
      if (strings[i] != null && strings[i].text() != null) {
        texts.put((long) i, strings[i].text());
      }
    }
    return new EnumLabels(texts, false);
  }

  /** The property EnumValues of a type or of a multi-state variable. */
  public static EnumLabels ofValues(EnumValueType[] values) {
    Map<Long, String> texts = new LinkedHashMap<>();
    for (EnumValueType value : values) {
      if (value != null
          && value.getDisplayName() != null
          && value.getDisplayName().text() != null) {
        texts.put(value.getValue(), value.getDisplayName().text());
      }
    }
    return new EnumLabels(texts, false);
  }

  private static Map<Long, String> texts(EnumDefinition definition) {
    Map<Long, String> texts = new LinkedHashMap<>();
    EnumField[] fields = definition.getFields();
    for (EnumField field : fields == null ? new EnumField[0] : fields) {
      if (field.getName() != null) {
        texts.put(field.getValue(), field.getName());
      }
    }
    return texts;
  }

  /** The labels of the numbers, or the names of the bits, in the order of the definition. */
  public Map<Long, String> texts() {
    return texts;
  }

  /** Whether these are names of bits. */
  boolean areBits() {
    return bits;
  }

  /**
   * A number with its label.
   *
   * @param nested whether it is in an array or structure, where number and label are one text
   */
  public Value value(long number, EnumMode mode, boolean nested) {
    if (mode == EnumMode.NUMBER) {
      return unsigned(number);
    }
    if (!bits && !nested && mode == EnumMode.BOTH && number >= 0 && number < DENSE) {
      EnumValue known = dense[(int) number];
      return known == null ? new LongValue(number) : known;
    }
    String label = bits ? bitLabel(number) : texts.get(number);
    if (label == null || (bits && number < 0 && mode == EnumMode.BOTH)) {
      return mode == EnumMode.LABEL ? new TextValue(Long.toString(number)) : unsigned(number);
    }
    if (mode == EnumMode.LABEL) {
      return new TextValue(label);
    }
    return nested ? new TextValue(label + "_" + number) : new EnumValue(number, label);
  }

  private Value unsigned(long number) {
    return bits && number < 0
        ? new BigValue(new BigInteger(Long.toUnsignedString(number)))
        : new LongValue(number);
  }

  /** The names of the bits that are set, {@code Ready|Hot}; null when one has no name. */
  private String bitLabel(long number) {
    StringBuilder label = new StringBuilder();
    long named = 0;
    for (Map.Entry<Long, String> bit : texts.entrySet()) {
      if (bit.getKey() >= 0 && bit.getKey() < 64 && (number >>> bit.getKey() & 1) == 1) {
        label.append(label.isEmpty() ? "" : "|").append(bit.getValue());
        named |= 1L << bit.getKey();
      }
    }
    return named == number ? label.toString() : null;
  }
}
