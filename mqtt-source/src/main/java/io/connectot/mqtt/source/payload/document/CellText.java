// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Texts of formats without types as values: numbers as JSON writes them, booleans, texts. */
final class CellText {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?((0|[1-9]\\d*)(\\.\\d+)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

  /** With a point between thousands and decimals after a comma. */
  private static final Pattern GROUPED = Pattern.compile("[-+]?\\d{1,3}(\\.\\d{3})+,\\d+");

  /** The same without decimals. More points are in addresses. */
  private static final Pattern GROUPED_WHOLE =
      Pattern.compile("[-+]?[1-9]\\d{0,2}(\\.\\d{3}){1,2}");

  private static final int LONG_DIGITS = 18;
  private static final int MOST_DIGITS = 400;

  private CellText() {}

  /** The value of a text; null of JSON if it is empty. */
  static JsonNode value(String text) {
    if (text.isEmpty()) {
      return NullNode.getInstance();
    }
    char first = text.charAt(0);
    if (first > '9' || text.length() > MOST_DIGITS) {
      return switch (text) {
        case "true", "True", "TRUE" -> BooleanNode.TRUE;
        case "false", "False", "FALSE" -> BooleanNode.FALSE;
        default -> TextNode.valueOf(text);
      };
    }
    return NUMBER.matcher(text).matches() ? number(text) : TextNode.valueOf(text);
  }

  /** The value of a text with decimals after another character than a point. */
  static JsonNode value(String text, char decimal) {
    if (decimal == '.') {
      return value(text);
    }
    if (text.indexOf(decimal) < 0) {
      return value(GROUPED_WHOLE.matcher(text).matches() ? text.replace(".", "") : text);
    }
    String plain = GROUPED.matcher(text).matches() ? text.replace(".", "") : text;
    JsonNode number = value(plain.replace(decimal, '.'));
    return number.isNumber() ? number : value(text);
  }

  private static JsonNode number(String text) {
    boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    if (whole) {
      return text.length() <= LONG_DIGITS
          ? LongNode.valueOf(Long.parseLong(text))
          : BigIntegerNode.valueOf(new BigInteger(text));
    }
    double real = Double.parseDouble(text);
    // A time of many digits must not be rounded.
    return text.length() > 15 && Double.isFinite(real)
        ? DecimalNode.valueOf(new BigDecimal(text))
        : DoubleNode.valueOf(real);
  }
}
